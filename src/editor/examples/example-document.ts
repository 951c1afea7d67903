/** An example as a pipeline: what is run for the help, and what "Open as a pipeline" opens. */
import type { JsonValue } from '../../core/canonical-json';
import { type PipelineDocument, SCHEMA_VERSION } from '../../document/schema';
import { layoutLeftToRight, type NodeSize } from '../../graph/layout';
import type { Catalogue } from '../../kit/define-node';
import type { ExampleControl, NodeExample } from '../../kit/node-example';
import { wiresFrom } from '../lessons/parts';

/** What was set beside the example, by "node.param". */
export type ExampleValues = Readonly<Record<string, JsonValue>>;

/** "node.param" of a control. */
export const controlKey = (example: NodeExample, { node = example.node, param }: ExampleControl): string =>
  `${node}.${param}`;

/** About what a card with a preview takes, px. */
const card: NodeSize = { width: 264, height: 330 };

export function exampleDocument(
  example: NodeExample,
  catalogue: Catalogue,
  values: ExampleValues = {},
): PipelineDocument {
  const title = catalogue.get(example.nodes.find(({ id }) => id === example.node)?.type ?? '')?.title ?? example.node;
  const nodes = example.nodes.map(({ id, type, params = {}, label }) => ({
    id,
    type,
    v: catalogue.get(type)?.version ?? 1,
    params: {
      ...params,
      ...Object.fromEntries(
        Object.entries(values)
          .filter(([key]) => key.startsWith(`${id}.`))
          .map(([key, value]) => [key.slice(id.length + 1), value]),
      ),
    } as PipelineDocument['nodes'][number]['params'],
    ...(label === undefined ? {} : { label }),
  }));
  const wires = wiresFrom(example.wires).map((wire, order) => ({ ...wire, order }));
  const document: PipelineDocument = {
    schema: SCHEMA_VERSION,
    app: 'spikeloom',
    title: `Example: ${title}`,
    description: example.see,
    nodes,
    wires,
  };
  const sizes = Object.fromEntries(nodes.map(({ id }) => [id, card]));
  return { ...document, ui: { positions: layoutLeftToRight(document, sizes) } };
}
