/**
 * Parameters and modes of nodes inside subgraphs, set from the whole document: on the level of the node, or at the outermost
 * instance that shows the parameter.
 */
import type { JsonValue } from '../../core/canonical-json';
import type { PipelineDocument } from '../../document/schema';
import { expand, withoutPrefix } from '../../document/subgraphs';
import type { Command } from '../commands';

type SetParams = Extract<Command, { type: 'set-params' }>;
type SetMode = Extract<Command, { type: 'set-mode' }>;

/** Instances around a node, from the outside in, by their ids in the expansion. */
const around = (document: PipelineDocument, id: string): readonly string[] =>
  [...expand(document).instances.keys()]
    .filter((each) => id.startsWith(`${each}/`))
    .sort((a, b) => a.length - b.length);

function onLevel<C extends SetParams | SetMode>(document: PipelineDocument, command: C): Command {
  const chain = around(document, command.node);
  if (chain.length === 0) return command;
  const path = chain.map((each, depth) => withoutPrefix(each, depth === 0 ? '' : `${chain[depth - 1]}/`));
  return { type: 'within', path, command };
}

/** The same for a node by its id in the expansion, as commands for the whole document. */
export function inPlace(document: PipelineDocument, command: SetParams | SetMode): readonly Command[] {
  const outside = around(document, command.node).at(-1);
  if (command.type === 'set-mode' || outside === undefined) return [onLevel(document, command)];
  const { params: shown = [] } = expand(document).instances.get(outside)?.definition ?? {};
  const inner = withoutPrefix(command.node, `${outside}/`);
  const own: Record<string, JsonValue | undefined> = {};
  const promoted: Record<string, JsonValue | undefined> = {};
  for (const [param, value] of Object.entries(command.params)) {
    const port = shown.find((each) => each.node === inner && each.param === param);
    if (port) promoted[port.id] = value;
    else own[param] = value;
  }
  const of = (node: string, params: SetParams['params']): SetParams[] =>
    Object.keys(params).length > 0 ? [{ type: 'set-params', node, params }] : [];
  return [
    ...of(command.node, own).map((each) => onLevel(document, each)),
    ...of(outside, promoted).flatMap((each) => inPlace(document, each)),
  ];
}
