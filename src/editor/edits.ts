/**
 * What people do to the document, each as one command and one step of undo, with the refusal shown where there is one and
 * the result announced. Views call these; the rules are in src/graph.
 */
import type { JsonValue } from '../core/canonical-json';
import type { Refusal } from '../core/validity';
import { framesOf, notesOf } from '../document/canvas-objects';
import type { PipelineDocument, Position } from '../document/schema';
import type { WireEnds } from '../graph/can-connect';
import type { Applied, Command, NodeMode } from '../graph/commands';
import { framesRefitted, notesAside } from '../graph/frame-commands';
import { layoutLeftToRight, layoutSome } from '../graph/layout';
import type { Catalogue } from '../kit/define-node';
import { adapterCommands } from './adapter';
import type { CanvasPort } from './canvas-port';
import { copyFragment, type Fragment, pasteAt, pasteOffset, withoutInputs } from './clipboard';
import { countCopied } from './clipboard-objects';
import type { DocumentSession } from './document-session';
import { type Habits, wiredTypes } from './habits';
import type { Notices } from './notices';
import { frameKey, noteKey } from './object-keys';
import type { Selection } from './selection-store';

export interface Edits {
  apply(command: Command, gesture?: string): Applied | Refusal;
  /** Applies, and shows a refusal: null then. */
  run(command: Command, gesture?: string): Applied | null;
  /** Shows and announces a refusal; with the ends of a refused wire, offers the node that would fit between them. */
  refused(refusal: Refusal & { readonly adapters?: readonly string[] }, ends?: WireEnds | null): void;
  addNode(type: string, position?: Position): string | null;
  connect(ends: WireEnds): boolean;
  rewire(wire: string, ends: WireEnds): boolean;
  /**
   * `drag`: the end of a drag, a step of its own; otherwise one of a burst of arrow keys. `more` belongs to the same step,
   * under `label`.
   */
  move(positions: Readonly<Record<string, Position>>, drag?: boolean, more?: MoreMoves): void;
  remove(nodes: Iterable<string>, wires: Iterable<string>): void;
  /** `withInputs`: copies of the wires that lead in from other nodes too. */
  /** Of frames and notes, their keys. */
  duplicate(nodes: Iterable<string>, withInputs?: boolean, objects?: Iterable<string>): void;
  /** At the pointer, if it is over the canvas. */
  paste(fragment: Fragment, withInputs?: boolean): void;
  /** As it is, and selected. */
  insert(fragment: Fragment): void;
  setParam(node: string, param: string, value: JsonValue | undefined, gesture?: string): boolean;
  setParams(node: string, params: Readonly<Record<string, JsonValue | undefined>>, label?: string): void;
  setLabel(node: string, label: string): void;
  setMode(node: string, mode: NodeMode): void;
  setTitle(title: string): void;
  /** The whole pipeline, or some nodes of it where they stand. */
  tidy(only?: ReadonlySet<string>): void;
  undo(): void;
  redo(): void;
}

export interface MoreMoves {
  readonly commands: readonly Command[];
  readonly label: string;
}

export interface EditDependencies {
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly selection: Selection;
  readonly notices: Notices;
  readonly canvas: CanvasPort;
  readonly habits: Habits;
}

/** Moves by arrow keys within this time are one step of undo. ms */
const burst = 700;

export function createEdits({ catalogue, documents, selection, notices, canvas, habits }: EditDependencies): Edits {
  const current = () => documents.store.getState().document;
  let lastMove = { at: 0, ids: '', gesture: '' };

  const refused: Edits['refused'] = (refusal, ends) => {
    const offer = ends && adapterCommands(current(), catalogue, ends, refusal.adapters ?? []);
    notices.show({
      level: 'warning',
      title: refusal.reason,
      message: refusal.cure ?? '',
      actions: offer
        ? [{ label: offer.label, run: () => void run({ type: 'batch', label: offer.label, commands: offer.commands }) }]
        : [],
    });
  };

  const run = (command: Command, gesture?: string): Applied | null => {
    const done = documents.apply(command, gesture);
    if (done.ok) return done;
    refused(done);
    return null;
  };

  const remember = (ends: WireEnds): void => {
    const types = wiredTypes(current(), catalogue, ends);
    if (types) habits.wired(types);
  };

  const insert = (fragment: Fragment): void => {
    const before = new Set(objectKeysOf(current()));
    const done = run({ type: 'insert', ...fragment });
    if (!done) return;
    const drawn = objectKeysOf(done.document).filter((key) => !before.has(key));
    selection.set(done.created, [], drawn);
    notices.announce(`${done.label}.`);
  };

  return {
    apply: (command, gesture) => documents.apply(command, gesture),
    run,
    refused,
    insert,
    addNode(type, position = canvas.current?.freePlace()) {
      const done = run({ type: 'add-node', node: { type }, ...(position ? { position } : {}) });
      const id = done?.created[0] ?? null;
      if (id === null) return null;
      selection.set([id]);
      habits.used(type);
      notices.announce(`Added ${documents.nameOf(id)}.`);
      return id;
    },
    connect(ends) {
      const done = documents.apply({ type: 'connect', wire: ends });
      if (!done.ok) refused(done, ends);
      else {
        remember(ends);
        notices.announce(`Connected ${documents.nameOf(ends.from.node)} to ${documents.nameOf(ends.to.node)}.`);
      }
      return done.ok;
    },
    rewire(wire, ends) {
      const done = run({
        type: 'batch',
        label: 'Rewire',
        commands: [
          { type: 'disconnect', ids: [wire] },
          { type: 'connect', wire: ends },
        ],
      });
      return done !== null;
    },
    move(positions, drag = false, more) {
      const ids = Object.keys(positions).sort().join(' ');
      const now = Date.now();
      const continues = !drag && ids === lastMove.ids && now - lastMove.at < burst;
      const gesture = continues ? lastMove.gesture : `move ${now}`;
      lastMove = { at: drag ? 0 : now, ids, gesture };
      const move: Command = { type: 'move-nodes', positions };
      if (!more || more.commands.length === 0) run(move, gesture);
      else {
        const commands = ids === '' ? more.commands : [move, ...more.commands];
        run({ type: 'batch', label: more.label, commands }, gesture);
      }
    },
    remove(nodes, wires) {
      const nodeIds = [...nodes];
      const { wires: all } = current();
      const gone = new Set(nodeIds);
      // Wires of a removed node go with it.
      const wireIds = [...wires].filter((id) =>
        all.some((wire) => wire.id === id && !gone.has(wire.from.node) && !gone.has(wire.to.node)),
      );
      const commands: Command[] = [];
      if (wireIds.length > 0) commands.push({ type: 'disconnect', ids: wireIds });
      if (nodeIds.length > 0) commands.push({ type: 'remove-nodes', ids: nodeIds });
      const [only] = commands;
      if (!only) return;
      const done = run(
        commands.length === 1
          ? only
          : { type: 'batch', label: `Remove ${nodeIds.length + wireIds.length} objects`, commands },
      );
      if (done) notices.announce(`${done.label}.`);
    },
    duplicate(nodes, withInputs = false, objects = []) {
      const fragment = copyFragment(current(), new Set(nodes), objects);
      if (countCopied(fragment) !== '') insert(pasteOffset(withInputs ? fragment : withoutInputs(fragment)));
    },
    paste(fragment, withInputs = false) {
      const wanted = withInputs ? fragment : withoutInputs(fragment);
      const at = canvas.current?.pointer();
      insert(at ? pasteAt(wanted, at) : pasteOffset(wanted));
    },
    setParam: (node, param, value, gesture) => run({ type: 'set-param', node, param, value }, gesture) !== null,
    setParams: (node, params, label) =>
      void run({ type: 'set-params', node, params, ...(label === undefined ? {} : { label }) }),
    setLabel(node, label) {
      // The title of the type is not a name of its own.
      const type = current().nodes.find((entry) => entry.id === node)?.type ?? '';
      const own = label && label !== catalogue.get(type)?.title ? label : undefined;
      run({ type: 'set-label', node, label: own });
    },
    setMode: (node, mode) => void run({ type: 'set-mode', node, mode }),
    setTitle: (title) => void run({ type: 'set-title', title }),
    tidy(only) {
      const document = current();
      if (document.nodes.length === 0) return;
      const sizes = canvas.current?.sizes();
      const positions = only ? layoutSome(document, only, sizes) : layoutLeftToRight(document, sizes);
      canvas.current?.glide(only ? undefined : () => canvas.current?.fit());
      const label = only ? `Lay out ${only.size} nodes` : 'Lay out the pipeline';
      const commands: Command[] = [
        { type: 'move-nodes', positions },
        ...framesRefitted(document, positions, canvas.current?.boxes() ?? new Map()),
        ...(only ? [] : notesAside(document, positions, canvas.current?.boxes() ?? new Map())),
      ];
      if (!run({ type: 'batch', label, commands })) return;
      notices.announce(only ? `${only.size} nodes laid out from left to right.` : 'Laid out from left to right.');
    },
    undo() {
      const label = documents.undo();
      notices.announce(label === null ? 'Nothing to undo.' : `Undone: ${label}.`);
    },
    redo() {
      const label = documents.redo();
      notices.announce(label === null ? 'Nothing to redo.' : `Redone: ${label}.`);
    },
  };
}

const objectKeysOf = (document: PipelineDocument): readonly string[] => [
  ...framesOf(document).map(({ id }) => frameKey(id)),
  ...notesOf(document).map(({ id }) => noteKey(id)),
];
