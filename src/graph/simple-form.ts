/**
 * The simple form of a pipeline: chosen parameters of any nodes, inside subgraphs too, for people who are to change only
 * these, and nodes that are locked against everything else. Both belong to the drawing: neither changes a result. The form
 * is the whole pipeline's; a node inside is named as on the canvas and in a run ("decoder/mlp").
 */
import type { JsonValue } from '../core/canonical-json';
import { type Refusal, refuse } from '../core/validity';
import { type FormItem, formItemSchema, type PipelineDocument } from '../document/schema';
import {
  levelDocument,
  nodeAnywhere,
  pathAround,
  prefixOf,
  subgraphAt,
  wholeDocument,
  withoutPrefix,
} from '../document/subgraphs';
import type { Catalogue } from '../kit/define-node';
import { planParams } from './command-params';
import type { Command, CommandPlan } from './commands';
import type { Edit } from './edits';
import { graphIndex } from './graph-index';
import { nodeName } from './names';
import { catalogueFor } from './subgraphs/catalogue';
import { type Apply, planWithin } from './subgraphs/within';

export type FormCommand =
  /** The complete list. */
  | { readonly type: 'set-form'; readonly items: readonly FormItem[] }
  /** A parameter that is on the form, on whatever level its node is. Without a value: back to the default. */
  | {
      readonly type: 'set-on-form';
      readonly node: string;
      readonly param: string;
      readonly value?: JsonValue | undefined;
    }
  | { readonly type: 'set-locked'; readonly nodes: readonly string[] };

const isItem = (entry: unknown): entry is FormItem => formItemSchema.safeParse(structuredClone(entry)).success;
const items = new WeakMap<object, readonly FormItem[]>();
const none: readonly FormItem[] = [];

/** Entries of our form, in their order. The same list until something about it changes. */
export function formOf(document: PipelineDocument): readonly FormItem[] {
  const form = wholeDocument(document).ui?.form;
  if (!form) return none;
  const known = items.get(form) ?? form.filter(isItem);
  items.set(form, known);
  return known;
}

export const isOnForm = (document: PipelineDocument, node: string, param: string): boolean =>
  formOf(document).some((item) => item.node === node && item.param === param);

export const isLocked = ({ ui }: PipelineDocument, node: string): boolean => ui?.locked?.includes(node) ?? false;

/** What is wrong with an entry: its node or parameter is not there. Null for one that can be shown. */
function itemRefusal(document: PipelineDocument, { node: id, param }: FormItem, given: Catalogue): Refusal | null {
  const node = nodeAnywhere(document, id);
  if (!node)
    return refuse(
      'node.missing',
      `There is no node "${id}".`,
      'Choose a node of this pipeline; one inside a subgraph is named "subgraph/node".',
    );
  const definition = catalogueFor(document, given).get(node.type);
  if (!definition || Object.hasOwn(definition.params, param)) return null;
  const known = Object.keys(definition.params);
  return refuse(
    'param.unknown',
    `${node.label || definition.title} (${id}) has no parameter "${param}".`,
    known.length === 0 ? 'It has none at all.' : `Its parameters are ${known.join(', ')}.`,
  );
}

/** A sentence for each entry of the form that cannot be shown. */
export function formProblems(document: PipelineDocument, catalogue: Catalogue): readonly string[] {
  return formOf(document).flatMap((item) => {
    const refusal = itemRefusal(document, item, catalogue);
    return refusal ? [`On the form: ${refusal.reason} ${refusal.cure} The entry is kept and not shown.`] : [];
  });
}

export function planForm(
  document: PipelineDocument,
  command: FormCommand,
  catalogue: Catalogue,
  apply: Apply,
): CommandPlan | Refusal {
  switch (command.type) {
    case 'set-on-form':
      return planSetOnForm(document, command, catalogue, apply);
    case 'set-locked':
      return planLocked(document, command.nodes);
    case 'set-form':
      return planItems(document, command.items, catalogue);
  }
}

function planLocked(document: PipelineDocument, wanted: readonly string[]): CommandPlan | Refusal {
  const { nodes } = graphIndex(document);
  const missing = wanted.find((id) => !nodes.has(id));
  if (missing !== undefined)
    return refuse('node.missing', `There is no node "${missing}".`, 'Choose a node of this pipeline.');
  const before = document.ui?.locked ?? [];
  return {
    ok: true,
    edits: [{ slot: 'ui', value: { ...document.ui, locked: [...wanted] } }],
    label: wanted.length > before.length ? 'Lock' : 'Unlock',
  };
}

function planItems(
  document: PipelineDocument,
  wanted: readonly FormItem[],
  catalogue: Catalogue,
): CommandPlan | Refusal {
  for (const item of wanted) {
    const refusal = itemRefusal(document, item, catalogue);
    if (refusal) return refusal;
  }
  const places = new Set(wanted.map(({ node, param }) => JSON.stringify([node, param])));
  if (places.size !== wanted.length)
    return refuse('form.twice', 'That parameter is on the form already.', 'Choose another one.');
  const count = (document.ui?.form ?? []).length;
  const label =
    wanted.length > count ? 'Add to the form' : wanted.length < count ? 'Take off the form' : 'Change the form';
  return { ok: true, edits: [{ slot: 'ui', value: { ...document.ui, form: [...wanted] } }], label };
}

function planSetOnForm(
  document: PipelineDocument,
  { node, param, value }: Extract<FormCommand, { type: 'set-on-form' }>,
  catalogue: Catalogue,
  apply: Apply,
): CommandPlan | Refusal {
  if (!isOnForm(document, node, param))
    return refuse('form.missing', `"${param}" of "${node}" is not on the form.`, 'Change it in the inspector.');
  const at = settingPlace(document, node, param);
  if (at.path.length === 0) return planParams(document, at.node, { [at.param]: value }, catalogue);
  const command: Command = { type: 'set-param', node: at.node, param: at.param, value };
  return planWithin(document, { type: 'within', path: at.path, command }, catalogue, apply);
}

/**
 * What a parameter's value comes from: the node, or the outermost instance around it that shows the parameter outside and
 * has a value for it. Ids are those of the level at `path`.
 */
function settingPlace(document: PipelineDocument, node: string, param: string) {
  const path = pathAround(document, node);
  let place = { path, node, param };
  let inner = { node: withoutPrefix(node, prefixOf(path)), param };
  for (let depth = path.length; depth > 0; depth--) {
    const level = levelDocument(document, path.slice(0, depth));
    const shown =
      level && subgraphAt(level)?.params?.find((each) => each.node === inner.node && each.param === inner.param);
    if (!shown) break;
    const instance = path.slice(0, depth).join('/');
    inner = { node: path[depth - 1] ?? '', param: shown.id };
    if (nodeAnywhere(document, instance)?.params[shown.id] !== undefined)
      place = { path: path.slice(0, depth - 1), node: instance, param: shown.id };
  }
  return place;
}

/** Nodes that are elsewhere after a command, before and after; what lies inside them goes with them. */
export type MovedNodes = readonly (readonly [from: string, to: string])[];

/** Edits that lead the form after nodes that went into a subgraph or came out of one. */
export function carryForm(document: PipelineDocument, moved: MovedNodes): Edit[] {
  const form = document.ui?.form;
  if (!form) return [];
  const now = (id: string): string => {
    const found = moved.find(([from]) => id === from || id.startsWith(`${from}/`));
    return found ? found[1] + id.slice(found[0].length) : id;
  };
  const carried = form.map((entry) =>
    isItem(entry) && now(entry.node) !== entry.node ? { ...entry, node: now(entry.node) } : entry,
  );
  return carried.every((entry, i) => entry === form[i])
    ? []
    : [{ slot: 'ui', value: { ...document.ui, form: carried } }];
}

/** Why a command may not be given to a locked node; null if none is concerned. */
export function lockRefusal(document: PipelineDocument, command: Command, catalogue: Catalogue): Refusal | null {
  if (!document.ui?.locked?.length) return null;
  const id = touched(command).find((node) => isLocked(document, node));
  if (id === undefined) return null;
  const meant = command.type === 'within' ? command.command : command;
  if (meant.type === 'set-param' && isOnForm(document, meant.node, meant.param)) return null;
  const node = graphIndex(document).nodes.get(id);
  return refuse(
    'node.locked',
    `${node ? nodeName(document, node, catalogue) : id} is locked.`,
    'Change what is on the form, or unlock the node in its menu.',
  );
}

function touched(command: Command): readonly string[] {
  switch (command.type) {
    case 'set-param':
    case 'set-params':
    case 'set-label':
    case 'set-mode':
      return [command.node];
    case 'remove-nodes':
    case 'collapse':
      return command.ids;
    case 'dissolve':
    case 'detach':
      return [command.id];
    case 'connect':
      return [command.wire.to.node];
    case 'batch':
      return command.commands.flatMap(touched);
    case 'within':
      // What is inside a locked instance is locked with it.
      return touched(command.command).length === 0 ? [] : command.path.slice(0, 1);
    default:
      return [];
  }
}
