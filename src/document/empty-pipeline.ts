/** A new pipeline with nothing in it. */
import { type PipelineDocument, SCHEMA_VERSION } from './schema';

export const emptyPipeline = (title: string): PipelineDocument => ({
  schema: SCHEMA_VERSION,
  app: 'spikeloom',
  title,
  nodes: [],
  wires: [],
  ui: { positions: {} },
});
