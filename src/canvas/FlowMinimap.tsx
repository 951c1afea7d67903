/** The minimap, its nodes coloured by run state. */
import { useMemo } from 'react';
import { MiniMap } from 'reactflow';
import { useShallow } from 'zustand/react/shallow';
import { expand } from '../document/subgraphs';
import { useDocument, useResults } from '../editor/hooks';
import { instanceStatus } from '../editor/instance-status';
import type { NodeState } from '../editor/node-status';
import { unknownStatus } from '../editor/results-store';
import type { FlowNode } from './flow-view';
import { stateColor } from './state-color';

export function FlowMinimap() {
  const instances = useDocument(({ root }) => expand(root).instances);
  const states: Record<string, NodeState> = useResults(
    useShallow(({ statuses }) => {
      const stateOf = (id: string) => statuses[id] ?? unknownStatus;
      const subgraphs = [...instances].map(([id, { inner }]) => [
        id,
        instanceStatus(inner.map(stateOf), unknownStatus).state,
      ]);
      return Object.fromEntries([...Object.entries(statuses).map(([id, { state }]) => [id, state]), ...subgraphs]);
    }),
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
