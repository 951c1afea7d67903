/** Everything about keeping, sharing and looking back that views and actions may ask for, in one place of the session. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../../core/errors';
import type { PipelineDocument } from '../../document/schema';
import type { Catalogue } from '../../kit/define-node';
import type { Library } from '../../library/library';
import type { DocumentSession } from '../document-session';
import type { Edits } from '../edits';
import type { Keeper } from '../keeper';
import type { Notices } from '../notices';
import type { ResultsStore } from '../results-store';
import type { MissingSet } from './import-report';
import { createIncoming, type Incoming, type PictureContents } from './incoming';
import { createRestorePoints, type RestorePoints } from './restore-points';
import { type Address, createSharing, type Sharing } from './sharing';
import { createShelf, type Shelf } from './shelf';

/** A document with a name for people: "As it is now", "Before a run, 12:30". */
export interface Version {
  readonly label: string;
  readonly document: PipelineDocument;
}
export interface VersionPair {
  readonly before: Version;
  readonly after: Version;
}

export interface Keeping {
  readonly shelf: Shelf;
  /** The pipeline as a picture, with itself inside. */
  savePicture(format: 'svg' | 'png'): Promise<void>;
  readonly points: RestorePoints;
  readonly incoming: Incoming;
  readonly sharing: Sharing;
  /** The two versions that are shown side by side. */
  readonly versions: StoreApi<{ readonly shown: VersionPair | null }>;
  dispose(): void;
}

export interface KeepingDependencies {
  readonly library: Library;
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly keeper: Keeper;
  readonly edits: Edits;
  readonly notices: Notices;
  readonly results: ResultsStore;
  readonly saveFile: () => Promise<void>;
  readonly address: Address;
  readonly missingSets: (document: PipelineDocument) => Promise<readonly MissingSet[]>;
  readonly readPicture: (file: File) => Promise<PictureContents | null>;
  readonly savePicture: PictureSaver;
}

/** Draws and downloads; gives the name of the file. */
export type PictureSaver = (
  source: { readonly document: DocumentSession; readonly library: Library; readonly catalogue: Catalogue },
  format: 'svg' | 'png',
) => Promise<string>;

export function createKeeping(dependencies: KeepingDependencies): Keeping {
  const points = createRestorePoints(dependencies);
  const incoming = createIncoming(dependencies);
  const sharing = createSharing({ ...dependencies, incoming });
  return {
    shelf: createShelf(dependencies),
    points,
    incoming,
    sharing,
    async savePicture(format) {
      const { documents, library, catalogue, notices } = dependencies;
      try {
        const name = await dependencies.savePicture({ document: documents, library, catalogue }, format);
        notices.show({
          level: 'good',
          title: `Saved ${name}`,
          message: 'The pipeline is inside: drop the picture on this page to open it.',
        });
      } catch (thrown) {
        const message = describeFailure(toFailure(thrown, { code: 'picture.unsaved' }));
        notices.show({ level: 'error', title: 'The picture could not be saved', message });
      }
    },
    versions: createStore<{ shown: VersionPair | null }>(() => ({ shown: null })),
    dispose() {
      points.dispose();
      sharing.dispose();
    },
  };
}

/** Where there is no page, and in tests: no address, nothing missing. */
export const noAddress: Address = {
  hash: () => '',
  base: () => '',
  state: () => null,
  replace: () => undefined,
  copy: () => Promise.reject(new Error('There is no clipboard here.')),
};
