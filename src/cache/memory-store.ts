/** An artifact store that lives as long as its thread: for tests, and where there is no storage. */
import { createArtifactStore, type OpenedStore } from './artifact-store';
import { createMemoryBacking } from './memory-backing';
import type { CoreOptions } from './store-core';

export const openMemoryStore = (options: CoreOptions): OpenedStore =>
  createArtifactStore(createMemoryBacking(), options);
