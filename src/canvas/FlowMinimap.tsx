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
  const color = useMemo(() => (node: FlowNode) => stateColor(states[node.id] ?? 'idle'), [states]);
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
