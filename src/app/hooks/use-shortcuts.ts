/** Keys to commands, for the whole page. Which key means what is in src/editor/shortcuts.ts. */
import { useEffect } from 'react';
import { soleNode } from '../../editor/selection-store';
import type { EditorSession } from '../../editor/session';
import { actionFor, type ShortcutAction } from '../../editor/shortcuts';

/** Keys typed here belong to the field. */
export const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="slider"], [role="combobox"]'));

/** Enter and Space on a control work the control. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a, [role="menuitem"], [role="option"]') !== null;

/** False: the key keeps its own meaning. */
type Handler = () => boolean | undefined;

function handlers(session: EditorSession): Readonly<Record<ShortcutAction, Handler>> {
  const { edits, selection, runner, dialogs, canvas } = session;
  const selected = () => selection.store.getState();
  const done =
    (work: () => unknown): Handler =>
    () => {
      work();
      return true;
    };
  return {
    run: done(() => runner.run()),
    'run-selection'() {
      const { nodes } = selected();
      if (nodes.size === 0) return false;
      void runner.run({ to: [...nodes] });
      return true;
    },
    cancel: done(() => runner.cancel()),
    undo: done(() => edits.undo()),
    redo: done(() => edits.redo()),
    save: done(() => session.save()),
    open: done(() => session.openFile()),
    duplicate: done(() => edits.duplicate(selected().nodes)),
    // The clipboard's own events do these: they need no permission (use-clipboard.ts).
    copy: () => false,
    cut: () => false,
    paste: () => false,
    delete() {
      const { nodes, wires } = selected();
      if (nodes.size + wires.size === 0) return false;
      edits.remove(nodes, wires);
      return true;
    },
    'select-all': done(() => selection.set(session.document.store.getState().document.nodes.map(({ id }) => id))),
    'select-none'() {
      selection.clear();
      // Escape also closes menus and ends what React Flow is doing.
      return false;
    },
    fit: done(() => canvas.current?.fit()),
    add() {
      session.layout.setState({ palette: true, mobile: 'nodes' });
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-palette-search]')?.focus());
      return true;
    },
    tidy: done(() => edits.tidy()),
    rename() {
      const node = soleNode(selected());
      if (node === null) return false;
      session.renaming.setState({ node });
      return true;
    },
    help: done(() => dialogs.setState({ open: 'help' })),
  };
}

export function useShortcuts(session: EditorSession): void {
  useEffect(() => {
    const table = handlers(session);
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const action = actionFor(event, isField(event.target));
      if (action === null) return;
      // A dialog has the page: only its own keys count.
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return;
      if (event.key === 'Enter' && event.shiftKey && isControl(event.target)) return;
      if (table[action]()) event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [session]);
}
