/**
 * The simple form of a pipeline: chosen parameters of any nodes for people who are to change only these, and nodes that are
 * locked against everything else. Both belong to the drawing: neither changes a result.
 */
import { type Refusal, refuse } from '../core/validity';
import { type FormItem, formItemSchema, type PipelineDocument } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import type { Command, CommandPlan } from './commands';
import { graphIndex } from './graph-index';
import { nodeName } from './names';

export type FormCommand =
  /** The complete list. */
  | { readonly type: 'set-form'; readonly items: readonly FormItem[] }
  | { readonly type: 'set-locked'; readonly nodes: readonly string[] };

const isItem = (entry: unknown): entry is FormItem => formItemSchema.safeParse(structuredClone(entry)).success;
const items = new WeakMap<object, readonly FormItem[]>();
const none: readonly FormItem[] = [];

/** Entries whose node is there, in their order. The same list until something about it changes. */
export function formOf({ ui }: PipelineDocument): readonly FormItem[] {
  const form = ui?.form;
  if (!form) return none;
  const known = items.get(form) ?? form.filter(isItem);
  items.set(form, known);
  return known;
}

export const isOnForm = (document: PipelineDocument, node: string, param: string): boolean =>
  formOf(document).some((item) => item.node === node && item.param === param);

export const isLocked = ({ ui }: PipelineDocument, node: string): boolean => ui?.locked?.includes(node) ?? false;

export function planForm(document: PipelineDocument, command: FormCommand): CommandPlan | Refusal {
  const { nodes } = graphIndex(document);
  if (command.type === 'set-locked') {
    const missing = command.nodes.find((id) => !nodes.has(id));
    if (missing !== undefined)
      return refuse('node.missing', `There is no node "${missing}".`, 'Choose a node of this pipeline.');
    const before = document.ui?.locked ?? [];
    const more = command.nodes.length > before.length;
    return {
      ok: true,
      edits: [{ slot: 'ui', value: { ...document.ui, locked: [...command.nodes] } }],
      label: more ? 'Lock' : 'Unlock',
    };
  }
  const missing = command.items.find(({ node }) => !nodes.has(node));
  if (missing) return refuse('node.missing', `There is no node "${missing.node}".`, 'Choose a node of this pipeline.');
  const places = new Set(command.items.map(({ node, param }) => JSON.stringify([node, param])));
  if (places.size !== command.items.length)
    return refuse('form.twice', 'That parameter is on the form already.', 'Choose another one.');
  const count = (document.ui?.form ?? []).length;
  const label =
    command.items.length > count
      ? 'Add to the form'
      : command.items.length < count
        ? 'Take off the form'
        : 'Change the form';
  return { ok: true, edits: [{ slot: 'ui', value: { ...document.ui, form: [...command.items] } }], label };
}

/** Why a command may not be given to a locked node; null if none is concerned. */
export function lockRefusal(document: PipelineDocument, command: Command, catalogue: Catalogue): Refusal | null {
  if (!document.ui?.locked?.length) return null;
  const id = touched(command).find((node) => isLocked(document, node));
  if (id === undefined) return null;
  if (command.type === 'set-param' && isOnForm(document, id, command.param)) return null;
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
    default:
      return [];
  }
}
