/**
 * A frame: a titled, tinted box behind its nodes. Its bar is what can be grabbed; the rest lets the pointer through to the
 * canvas. The wrapper with role and name is React Flow's.
 */
import { memo } from 'react';
import { type NodeProps, NodeResizer } from 'reactflow';
import { framesOf } from '../document/canvas-objects';
import { useDocument, useSession } from '../editor/hooks';
import { readObjectKey } from '../editor/object-keys';
import { FrameBar } from './FrameBar';
import type { FlowNode } from './flow-view';
import classes from './Objects.module.css';

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
      <FrameBar frame={frame} objectKey={key} />
    </div>
  );
});
