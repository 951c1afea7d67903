/** The live example of every node type. Loaded when a node's help is first opened. */
import type { NodeExamples } from '../../src/kit/node-example';
import { analyses, comparisons } from './analyses';
import { learning, metrics } from './learning';
import { models } from './models';
import { encoders, sources, spikes } from './sources';

export const examples: NodeExamples = {
  ...sources,
  ...encoders,
  ...spikes,
  ...models,
  ...learning,
  ...metrics,
  ...analyses,
  ...comparisons,
};
