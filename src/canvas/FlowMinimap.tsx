/** The minimap, its nodes coloured by run state. */
import { useMemo } from 'react';
import { MiniMap } from 'reactflow';
import { useShallow } from 'zustand/react/shallow';
import { useResults } from '../editor/hooks';
import type { NodeState } from '../editor/node-status';
import type { FlowNode } from './flow-view';
import { stateColor } from './state-color';

export function FlowMinimap() {
  const states: Record<string, NodeState> = useResults(
    useShallow(({ statuses }) => Object.fromEntries(Object.entries(statuses).map(([id, { state }]) => [id, state]))),
  );
  const color = useMemo(
    () => (node: FlowNode) => (node.type === 'card' ? stateColor(states[node.id] ?? 'idle') : paleOf(node)),
    [states],
  );
  return (
    <MiniMap<FlowNode>
      nodeColor={color}
      nodeBorderRadius={12}
      pannable
      zoomable
      ariaLabel="Minimap"
      style={{ width: 148, height: 84 }}
    />
  );
}

/** Frames lie behind the nodes, notes and points are no nodes: they only hint at where they are. */
const paleOf = ({ type }: FlowNode): string =>
  type === 'frame' ? 'color-mix(in srgb, var(--sl-text-3) 18%, transparent)' : 'var(--sl-line-strong)';
