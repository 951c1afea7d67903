/** A point that a wire is led through: dragged, nudged or deleted like a node. */
import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import type { FlowNode } from './flow-view';
import classes from './Objects.module.css';

export const DotNode = memo(function DotNode({ selected }: NodeProps<FlowNode>) {
  return <div className={classes.dot} data-selected={selected} title="Reroute: drag it, Delete removes it" />;
});
