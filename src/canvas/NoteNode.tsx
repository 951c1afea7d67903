/** A note on the canvas: Markdown and TeX, edited where it stands by a double click or F2. */
import { memo, useEffect, useRef } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useStore } from 'zustand';
import { notesOf } from '../document/canvas-objects';
import { useDocument, useSession } from '../editor/hooks';
import { readObjectKey } from '../editor/object-keys';
import { Markdown } from '../panels/markdown/Markdown';
import type { FlowNode } from './flow-view';
import classes from './Objects.module.css';
import { TextEdit } from './TextEdit';

const smallest = { width: 120, height: 60 } as const;
const limit = 20_000;

export const NoteNode = memo(function NoteNode({ id: key, selected }: NodeProps<FlowNode>) {
  const id = readObjectKey(key)?.id ?? '';
  const session = useSession();
  const note = useDocument(({ document }) => notesOf(document).find((each) => each.id === id));
  const readOnly = useDocument((state) => state.access === 'read-only');
  const editing = useStore(session.renaming, (state) => state.node === key);
  const growing = useRef<string | null>(null);
  const content = useRef<HTMLDivElement>(null);
  // A note grows with what was just written, formulas included, which come a moment later; in the same step of undo.
  useEffect(() => {
    const inner = content.current?.firstElementChild;
    if (!inner || editing) return;
    const observer = new ResizeObserver(() => {
      const box = content.current;
      if (!growing.current || !box) return;
      const over = box.scrollHeight - box.clientHeight;
      if (over > 0) session.building.changeNote(id, { height: box.scrollHeight + 4 }, growing.current);
    });
    observer.observe(inner);
    return () => observer.disconnect();
  }, [session, id, editing]);
  useEffect(() => {
    if (!selected) growing.current = null;
  }, [selected]);
  if (!note) return null;
  const done = (text: string | null) => {
    session.renaming.setState({ node: null });
    // A note that nobody wrote anything into is not worth keeping.
    if (text !== null && text.trim() === '') session.building.removeNote(id);
    else if (text !== null && text !== note.text) {
      const gesture = `note ${id} ${Date.now()}`;
      session.building.changeNote(id, { text }, gesture);
      growing.current = gesture;
    }
    session.canvas.current?.focus(key);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same for the keyboard; the wrapper has the role
    <div
      className={classes.note}
      data-selected={selected}
      onDoubleClick={() => !readOnly && session.renaming.setState({ node: key })}
    >
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={smallest.width}
        minHeight={smallest.height}
        handleClassName={classes.resizeHandle ?? ''}
        lineClassName={classes.resizeLine ?? ''}
        onResizeEnd={(_event, box) =>
          session.building.changeNote(id, {
            x: Math.round(box.x),
            y: Math.round(box.y),
            width: Math.round(box.width),
            height: Math.round(box.height),
          })
        }
      />
      {editing ? (
        <>
          <TextEdit
            label="Text of the note"
            text={note.text}
            limit={limit}
            className={classes.noteField}
            lines
            onDone={done}
          />
          <p className={classes.noteHint}>Markdown, $TeX$. Escape is done.</p>
        </>
      ) : (
        <div ref={content} className={selected ? `${classes.noteText} nowheel` : classes.noteText}>
          <Markdown text={note.text} />
        </div>
      )}
    </div>
  );
});
