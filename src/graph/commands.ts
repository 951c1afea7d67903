/**
 * Every way in which a document changes. A command is plain data; `apply` answers with the new document and the exact
 * inverse, or refuses with the reason. The document is never mutated; what a command does not touch stays the same object.
 *
 * Selection, viewport and results are not part of the document's history and have no command.
 */
import type { JsonValue } from '../core/canonical-json';
import type { NodeId } from '../core/ids';
import type { Refusal } from '../core/validity';
import type {
  DocumentFrame,
  DocumentNode,
  DocumentNote,
  DocumentWire,
  PipelineDocument,
  Position,
  Subgraph,
} from '../document/schema';
import { pathOf } from '../document/subgraphs';
import type { Catalogue } from '../kit/define-node';
import { planInsert } from './command-insert';
import { planAddNode, planLabel, planMode, planMove, planRemove, planTitle } from './command-nodes';
import { planAddObject, planChangeObject, planRemoveObjects, planVia } from './command-objects';
import { planParams } from './command-params';
import { planConnect, planDisconnect } from './command-wires';
import { applyEdits, type Edit } from './edits';
import { carryForm, type FormCommand, lockRefusal, type MovedNodes, planForm } from './simple-form';
import { catalogueFor } from './subgraphs/catalogue';
import type { SubgraphCommand } from './subgraphs/command-types';
import { planSubgraph } from './subgraphs/plan';

export type NodeMode = 'on' | 'mute' | 'bypass';

/** A node to be made: without an id it gets a readable fresh one, without a version the catalogue's. */
interface NodeDraft {
  readonly id?: string;
  readonly type: string;
  readonly v?: number;
  readonly params?: Readonly<Record<string, JsonValue>>;
  readonly label?: string;
  readonly mode?: NodeMode;
}
/** A wire to be made: without an id it gets a fresh one, without an order it comes last in a variadic input. */
export interface WireDraft {
  readonly id?: string;
  readonly from: { readonly node: string; readonly port: string };
  readonly to: { readonly node: string; readonly port: string };
  readonly order?: number;
}

export type Command =
  | { readonly type: 'add-node'; readonly node: NodeDraft; readonly position?: Position }
  /** With their wires. */
  | { readonly type: 'remove-nodes'; readonly ids: readonly string[] }
  /** Takes the place of a wire that is already in an input for one. */
  | { readonly type: 'connect'; readonly wire: WireDraft }
  | { readonly type: 'disconnect'; readonly ids: readonly string[] }
  /** Without a value: back to the default. */
  | {
      readonly type: 'set-param';
      readonly node: string;
      readonly param: string;
      readonly value?: JsonValue | undefined;
    }
  /** Several at once, for presets; `label` names the preset. Parameters that are not named stay. */
  | {
      readonly type: 'set-params';
      readonly node: string;
      readonly params: Readonly<Record<string, JsonValue | undefined>>;
      readonly label?: string;
    }
  /** Without a label: the title of the node type. */
  | { readonly type: 'set-label'; readonly node: string; readonly label?: string | undefined }
  | { readonly type: 'set-mode'; readonly node: string; readonly mode: NodeMode }
  | { readonly type: 'move-nodes'; readonly positions: Readonly<Record<string, Position>> }
  | { readonly type: 'set-title'; readonly title: string }
  | SubgraphCommand
  | FormCommand
  /**
   * Pastes: nodes and wires get fresh ids. Wires from nodes of the document into pasted nodes are drawn too; `positions`
   * are by the ids in `nodes`.
   */
  | {
      readonly type: 'insert';
      readonly nodes: readonly DocumentNode[];
      readonly wires: readonly DocumentWire[];
      readonly positions?: Readonly<Record<string, Position>>;
      /** The subgraphs that the nodes are instances of. */
      readonly defs?: readonly Subgraph[];
      /** Their nodes by the ids in `nodes`; one that is not among them is left out. */
      readonly frames?: readonly DocumentFrame[];
      readonly notes?: readonly DocumentNote[];
    }
  | { readonly type: 'add-frame'; readonly frame: DocumentFrame }
  | {
      readonly type: 'change-frame';
      readonly id: string;
      readonly changes: Partial<Omit<DocumentFrame, 'id'>>;
    }
  | { readonly type: 'add-note'; readonly note: DocumentNote }
  | { readonly type: 'change-note'; readonly id: string; readonly changes: Partial<Omit<DocumentNote, 'id'>> }
  /** Frames without their nodes. */
  | { readonly type: 'remove-objects'; readonly frames: readonly string[]; readonly notes: readonly string[] }
  /** The points that a wire is led through. */
  | { readonly type: 'set-via'; readonly wire: string; readonly via: readonly Position[] }
  /** Several commands as one step; refused as a whole if one is. `whole`: for the whole document, on whatever level. */
  | {
      readonly type: 'batch';
      readonly label: string;
      readonly commands: readonly Command[];
      readonly whole?: true;
    }
  | RestoreCommand;

/** The inverse of a command: puts back exactly what was there. Only valid on the document that the command made. */
export interface RestoreCommand {
  readonly type: 'restore';
  readonly label: string;
  readonly edits: readonly Edit[];
}

/** What a command comes to on a certain document. */
export interface CommandPlan {
  readonly ok: true;
  readonly edits: readonly Edit[];
  /** For the undo list: "Move 3 nodes", "Set Threshold to 20 mV". */
  readonly label: string;
  readonly created?: readonly NodeId[];
  readonly moved?: MovedNodes;
}

export interface Applied {
  readonly ok: true;
  readonly document: PipelineDocument;
  readonly inverse: RestoreCommand;
  readonly label: string;
  /** Nodes that the command made, in its order. */
  readonly created: readonly NodeId[];
  /** Nodes that have gone to another level, as ids without the prefix of the document's own level. */
  readonly moved: MovedNodes;
}

const isWhole = (document: PipelineDocument): boolean => pathOf(document).length === 0;

export function apply(document: PipelineDocument, command: Command, catalogue: Catalogue): Applied | Refusal {
  if (command.type === 'batch') return applyBatch(document, command, catalogue);
  const plan = planCommand(document, command, catalogueFor(document, catalogue));
  if (!plan.ok) return plan;
  const { label, created = [], moved = [] } = plan;
  const done = applyEdits(document, plan.edits);
  // The form is the whole's: on a level, whoever puts the level back into the whole leads it.
  const carried = applyEdits(
    done.document,
    moved.length > 0 && isWhole(document) ? carryForm(done.document, moved) : [],
  );
  const edits = [...carried.inverse, ...done.inverse];
  return { ok: true, document: carried.document, inverse: { type: 'restore', label, edits }, label, created, moved };
}

function applyBatch(
  document: PipelineDocument,
  batch: Extract<Command, { type: 'batch' }>,
  catalogue: Catalogue,
): Applied | Refusal {
  let current = document;
  const edits: Edit[] = [];
  const created: NodeId[] = [];
  const moved: MovedNodes[number][] = [];
  for (const command of batch.commands) {
    const done = apply(current, command, catalogue);
    if (!done.ok) return done;
    current = done.document;
    edits.unshift(...done.inverse.edits);
    created.push(...done.created);
    moved.push(...done.moved);
  }
  const { label } = batch;
  return { ok: true, document: current, inverse: { type: 'restore', label, edits }, label, created, moved };
}

function planCommand(
  document: PipelineDocument,
  command: Exclude<Command, { type: 'batch' }>,
  catalogue: Catalogue,
): CommandPlan | Refusal {
  const locked = lockRefusal(document, command, catalogue);
  if (locked) return locked;
  switch (command.type) {
    case 'set-form':
    case 'set-on-form':
    case 'set-locked':
      return planForm(document, command, catalogue, apply);
    case 'add-node':
      return planAddNode(document, command, catalogue);
    case 'remove-nodes':
      return planRemove(document, command.ids, catalogue);
    case 'connect':
      return planConnect(document, command.wire, catalogue);
    case 'disconnect':
      return planDisconnect(document, command.ids);
    case 'set-param':
      return planParams(document, command.node, { [command.param]: command.value }, catalogue);
    case 'set-params':
      return planParams(document, command.node, command.params, catalogue, command.label);
    case 'set-label':
      return planLabel(document, command.node, command.label, catalogue);
    case 'set-mode':
      return planMode(document, command.node, command.mode, catalogue);
    case 'move-nodes':
      return planMove(document, command.positions, catalogue);
    case 'set-title':
      return planTitle(document, command.title);
    case 'insert':
      return planInsert(document, command, catalogue);
    case 'add-frame':
      return planAddObject(document, 'frames', command.frame);
    case 'change-frame':
      return planChangeObject(document, 'frames', command.id, command.changes as Readonly<Record<string, JsonValue>>);
    case 'add-note':
      return planAddObject(document, 'notes', command.note);
    case 'change-note':
      return planChangeObject(document, 'notes', command.id, command.changes as Readonly<Record<string, JsonValue>>);
    case 'remove-objects':
      return planRemoveObjects(document, command.frames, command.notes);
    case 'set-via':
      return planVia(document, command.wire, command.via);
    case 'restore':
      return { ok: true, edits: command.edits, label: command.label };
    default:
      return planSubgraph(document, command, catalogue, apply);
  }
}
