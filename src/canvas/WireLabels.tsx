/** What flows on each wire, beside it: shape and unit, and the whole type of the wire that is pointed at or selected. */
import { useContext, useLayoutEffect, useMemo } from 'react';
import { EdgeLabelRenderer, useStore as useFlowStore, useStoreApi } from 'reactflow';
import { useStore } from 'zustand';
import { useDocument, useSession } from '../editor/hooks';
import { inferTypes } from '../graph/infer';
import { formatPortType } from '../kit/port-type';
import type { FlowEdge, FlowNode } from './flow-view';
import classes from './WireEdge.module.css';
import { pointAlong } from './wire-geometry';
import { planWires, WireContext } from './wire-plan';

export function WireLabels() {
  const { catalogue } = useSession();
  const inferences = useDocument(({ document }) => inferTypes(document, catalogue));
  const flow = useStoreApi<FlowNode, FlowEdge>();
  const nodes = useFlowStore((state) => state.nodes);
  const edges = useFlowStore((state) => state.edges as FlowEdge[]);
  const wires = useContext(WireContext);
  const hovered = useStore(wires, (state) => state.hovered);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lookup is one object that changes with the nodes
  const plan = useMemo(
    () => planWires(edges, flow.getState().nodeLookup, inferences, wires.getState().routes),
    [nodes, edges, inferences, flow],
  );
  // Before the paint: a wire that must step aside never shows its curve first.
  useLayoutEffect(() => wires.setState({ routes: plan.routes }), [wires, plan]);

  return (
    <EdgeLabelRenderer>
      {edges.map(({ id, data, selected }) => {
        const type = data && inferences.get(data.from.node as never)?.outputs[data.from.port];
        const whole = selected || id === hovered;
        const label = plan.labels.get(id);
        const place = label ?? (whole ? middle(plan.routes.get(id)?.points) : null);
        if (!type || !place) return null;
        const lines = whole || !label ? [formatPortType(type)] : label.lines;
        return (
          <span
            key={id}
            className={classes.label}
            data-wire={id}
            data-selected={selected}
            data-whole={whole || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
          >
            {lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
        );
      })}
    </EdgeLabelRenderer>
  );
}

const middle = (points: Parameters<typeof pointAlong>[0] | undefined) => (points ? pointAlong(points, 0.5) : null);
