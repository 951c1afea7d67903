/**
 * Parameters and modes of nodes inside subgraphs, set from the whole document: on the level of the node, or at the outermost
 * instance that shows the parameter.
 */
import type { JsonValue } from '../../core/canonical-json';
import type { PipelineDocument } from '../../document/schema';
import { expand, pathAround, prefixOf, withoutPrefix } from '../../document/subgraphs';
import type { Command } from '../commands';

type SetParams = Extract<Command, { type: 'set-params' }>;
type SetMode = Extract<Command, { type: 'set-mode' }>;

/** The same for a node by its id in the expansion, as commands for the whole document. */
export function inPlace(document: PipelineDocument, command: SetParams | SetMode): readonly Command[] {
  const path = pathAround(document, command.node);
  if (path.length === 0) return [command];
  const onLevel = (each: SetParams | SetMode): Command => ({ type: 'within', path, command: each });
  if (command.type === 'set-mode') return [onLevel(command)];
  const outside = path.join('/');
  const { params: shown = [] } = expand(document).instances.get(outside)?.definition ?? {};
  const inner = withoutPrefix(command.node, prefixOf(path));
  const own: Record<string, JsonValue | undefined> = {};
  const promoted: Record<string, JsonValue | undefined> = {};
  for (const [param, value] of Object.entries(command.params)) {
    const port = shown.find((each) => each.node === inner && each.param === param);
    if (port) promoted[port.id] = value;
    else own[param] = value;
  }
  const of = (node: string, params: SetParams['params']): SetParams[] =>
    Object.keys(params).length > 0 ? [{ type: 'set-params', node, params }] : [];
  return [...of(command.node, own).map(onLevel), ...of(outside, promoted).flatMap((each) => inPlace(document, each))];
}
