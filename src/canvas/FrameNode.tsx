/**
 * A frame: a titled, tinted box behind its nodes. Its bar is what can be grabbed; the rest lets the pointer through to the
 * canvas. The wrapper with role and name is React Flow's.
 */
import { memo } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { useStore } from 'zustand';
import { framesOf } from '../document/canvas-objects';
import type { DocumentFrame } from '../document/schema';
import { useDocument, useSession } from '../editor/hooks';
import { readObjectKey } from '../editor/object-keys';
import { FrameMenu } from './FrameMenu';
import type { FlowNode } from './flow-view';
import classes from './Objects.module.css';
import { TextEdit } from './TextEdit';

/** px */
const smallest = { width: 160, height: 90 } as const;

export const FrameNode = memo(function FrameNode({ id: key, selected }: NodeProps<FlowNode>) {
  const id = readObjectKey(key)?.id ?? '';
  const session = useSession();
  const frame = useDocument(({ document }) => framesOf(document).find((each) => each.id === id));
  const readOnly = useDocument((state) => state.access === 'read-only');
  if (!frame) return null;
  return (
    <div className={classes.frame} data-colour={frame.colour ?? 'grey'} data-selected={selected}>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={smallest.width}
        minHeight={smallest.height}
        handleClassName={classes.resizeHandle ?? ''}
        lineClassName={classes.resizeLine ?? ''}
        onResizeEnd={(_event, { x, y, width, height }) => session.building.resizeFrame(id, { x, y, width, height })}
      />
      <div className={classes.frameBar} data-frame-handle>
        <FrameTitle frame={frame} objectKey={key} />
        <FrameMenu frame={frame} objectKey={key} />
      </div>
    </div>
  );
});

function FrameTitle({ frame, objectKey }: { frame: DocumentFrame; objectKey: string }) {
  const session = useSession();
  const editing = useStore(session.renaming, (state) => state.node === objectKey);
  const done = (title: string | null) => {
    session.renaming.setState({ node: null });
    const text = title?.trim();
    if (text && text !== frame.title) session.building.changeFrame(frame.id, { title: text });
    session.canvas.current?.focus(objectKey);
  };
  if (editing)
    return (
      <TextEdit
        label="Title of the frame"
        text={frame.title}
        limit={200}
        className={classes.titleField}
        onDone={done}
      />
    );
  return (
    <h3
      className={classes.frameTitle}
      title={frame.title}
      onDoubleClick={() => session.renaming.setState({ node: objectKey })}
    >
      {frame.title}
    </h3>
  );
}
