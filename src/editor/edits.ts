/**
 * What people do to the document, each as one command and one step of undo, with the refusal shown where there is one and
 * the result announced. Views call these; the rules are in src/graph.
 */
import type { JsonValue } from '../core/canonical-json';
import type { Refusal } from '../core/validity';
import type { Position } from '../document/schema';
import type { WireEnds } from '../graph/can-connect';
import type { Applied, Command, NodeMode } from '../graph/commands';
import { layoutLeftToRight } from '../graph/layout';
import type { Catalogue } from '../kit/define-node';
import { adapterCommands } from './adapter';
import type { CanvasPort } from './canvas-port';
import { copyFragment, type Fragment, pasteOffset } from './clipboard';
import type { DocumentSession } from './document-session';
import type { Notices } from './notices';
import type { Selection } from './selection-store';

export interface Edits {
  apply(command: Command, gesture?: string): Applied | Refusal;
  /** Shows and announces a refusal; with the ends of a refused wire, offers the node that would fit between them. */
  refused(refusal: Refusal & { readonly adapters?: readonly string[] }, ends?: WireEnds | null): void;
  addNode(type: string, position?: Position): string | null;
  connect(ends: WireEnds): boolean;
  rewire(wire: string, ends: WireEnds): boolean;
  /** `drag`: the end of a drag, a step of its own; otherwise one of a burst of arrow keys. */
  move(positions: Readonly<Record<string, Position>>, drag?: boolean): void;
  remove(nodes: Iterable<string>, wires: Iterable<string>): void;
  duplicate(nodes: Iterable<string>): void;
  paste(fragment: Fragment): void;
  setParam(node: string, param: string, value: JsonValue | undefined, gesture?: string): boolean;
  setParams(node: string, params: Readonly<Record<string, JsonValue | undefined>>, label?: string): void;
  setLabel(node: string, label: string): void;
  setMode(node: string, mode: NodeMode): void;
  setTitle(title: string): void;
  tidy(): void;
  undo(): void;
  redo(): void;
}

export interface EditDependencies {
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly selection: Selection;
  readonly notices: Notices;
  readonly canvas: CanvasPort;
}

/** Moves by arrow keys within this time are one step of undo. ms */
const burst = 700;

export function createEdits({ catalogue, documents, selection, notices, canvas }: EditDependencies): Edits {
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

  const insert = (fragment: Fragment): void => {
    const done = run({ type: 'insert', ...fragment });
    if (!done) return;
    selection.set(done.created);
    notices.announce(`${done.label}.`);
  };

  return {
    apply: (command, gesture) => documents.apply(command, gesture),
    refused,
    addNode(type, position = canvas.current?.freePlace()) {
      const done = run({ type: 'add-node', node: { type }, ...(position ? { position } : {}) });
      const id = done?.created[0] ?? null;
      if (id === null) return null;
      selection.set([id]);
      notices.announce(`Added ${documents.nameOf(id)}.`);
      return id;
    },
    connect(ends) {
      const done = documents.apply({ type: 'connect', wire: ends });
      if (done.ok)
        notices.announce(`Connected ${documents.nameOf(ends.from.node)} to ${documents.nameOf(ends.to.node)}.`);
      else refused(done, ends);
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
    move(positions, drag = false) {
      const ids = Object.keys(positions).sort().join(' ');
      const now = Date.now();
      const continues = !drag && ids === lastMove.ids && now - lastMove.at < burst;
      const gesture = continues ? lastMove.gesture : `move ${now}`;
      lastMove = { at: drag ? 0 : now, ids, gesture };
      run({ type: 'move-nodes', positions }, gesture);
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
    duplicate(nodes) {
      const fragment = copyFragment(current(), new Set(nodes));
      if (fragment.nodes.length > 0) insert(pasteOffset(fragment));
    },
    paste: (fragment) => insert(pasteOffset(fragment)),
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
    tidy() {
      const document = current();
      if (document.nodes.length === 0) return;
      const done = run({ type: 'move-nodes', positions: layoutLeftToRight(document, canvas.current?.sizes()) });
      if (!done) return;
      canvas.current?.fit();
      notices.announce('Laid out from left to right.');
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
