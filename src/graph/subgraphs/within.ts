/** A command on the inside of an instance: applied to that level as to any document, and put back into the whole. */
import { nodeId } from '../../core/ids';
import { type Refusal, refuse } from '../../core/validity';
import type { PipelineDocument } from '../../document/schema';
import {
  absorb,
  definitionsOf,
  expand,
  isBoundary,
  levelDocument,
  prefixOf,
  subgraphAt,
} from '../../document/subgraphs';
import type { Catalogue } from '../../kit/define-node';
import type { Applied, Command, CommandPlan } from '../commands';
import { defsEdits, type Edit } from '../edits';
import type { SubgraphCommand } from './command-types';

export type Apply = (document: PipelineDocument, command: Command, catalogue: Catalogue) => Applied | Refusal;

export function planWithin(
  document: PipelineDocument,
  { path, command }: Extract<SubgraphCommand, { type: 'within' }>,
  catalogue: Catalogue,
  apply: Apply,
): CommandPlan | Refusal {
  const level = levelDocument(document, path);
  if (!level) {
    return refuse(
      'subgraph.no-level',
      `There is no subgraph "${path.join('/')}" to look into.`,
      'It may have been removed or expanded; go back to the outside.',
    );
  }
  const done = apply(level, command, catalogue);
  if (!done.ok) return done;
  if (done.document.nodes.filter(({ type }) => isBoundary(type)).length !== 2) {
    return refuse(
      'subgraph.boundary',
      'The ports of a subgraph are part of it: they can be neither removed nor copied.',
      'Remove single ports in the list of ports.',
    );
  }
  const { root, renamed } = absorb(done.document);
  const before = definitionsOf(document).broken;
  const broken = [...definitionsOf(root).broken].find(([id]) => !before.has(id));
  if (broken) {
    return refuse(
      'subgraph.recursion',
      `A subgraph cannot be put into itself: "${broken[0]}" would be used by what it is made of.`,
      'Paste it outside, or make a subgraph of its own first.',
    );
  }
  const edits: Edit[] = [...defsEdits(document, root.defs ?? [])];
  if (root.title !== document.title) edits.unshift({ slot: 'title', value: root.title });
  const prefix = prefixOf(path);
  // The same in every instance of the subgraph.
  const twins = [...expand(document).instances].filter(([, { definition }]) => definition.id === subgraphAt(level)?.id);
  return {
    ok: true,
    edits: done.inverse.edits.length === 0 ? [] : edits,
    label: done.label,
    created: done.created.map((id) => {
      const local = renamed.get(id);
      return local === undefined ? id : nodeId(prefix + local);
    }),
    moved: done.moved.flatMap(([from, to]) => twins.map(([id]) => [`${id}/${from}`, `${id}/${to}`] as const)),
  };
}
