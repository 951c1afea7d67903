/** A wire, coloured by what flows; dashed while its source cannot say its type. Its label is drawn by WireLabels. */

import { memo, useContext } from 'react';
import { BaseEdge, type EdgeProps, getBezierPath, useStore as useFlowStore } from 'reactflow';
import { useStore } from 'zustand';
import { useInference, useNode, useNodeStatus, useSession } from '../editor/hooks';
import { useColourScheme } from '../panels/colour-scheme';
import { kindColour } from '../panels/kind-style';
import type { FlowEdge } from './flow-view';
import { HandContext } from './hand';
import { pathColour, usePathPlaces } from './PathMark';
import classes from './WireEdge.module.css';
import { type Point, pathThrough, roundedPath } from './wire-geometry';
import { pointsOf, useSteps } from './wire-plan';

/** px */
const cornerRadius = 12;
/** The text of an empty list. */
const none = '[]';

export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const session = useSession();
  const scheme = useColourScheme();
  // Of the node itself, also where the wire ends at the card of a frame around it.
  const { node: source = props.source, port = '' } = data?.from ?? {};
  const node = useNode(source);
  const type = useInference(source)?.outputs[port];
  const declared = node && session.catalogue.get(node.type)?.outputs[port]?.kind;
  const running = useNodeStatus(source).state === 'running';
  const kind = type?.kind ?? declared;
  const steps = useSteps(id, { x: sourceX, y: sourceY }, { x: targetX, y: targetY });
  const via = useFlowStore(({ nodeLookup }) => JSON.stringify(pointsOf(id, nodeLookup)));
  const splice = useStore(useContext(HandContext), (state) => state.splice === id);
  const places = usePathPlaces(data?.to.node ?? props.target);
  const own = kind ? kindColour(kind, scheme) : 'var(--sl-text-3)';
  const [curve] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const led = (points: string) =>
    pathThrough([{ x: sourceX, y: sourceY }, ...(JSON.parse(points) as Point[]), { x: targetX, y: targetY }]);
  return (
    <BaseEdge
      id={id}
      path={via === none ? (steps ? roundedPath(steps, cornerRadius) : curve) : led(via)}
      interactionWidth={22}
      className={classes.wire}
      data-selected={selected}
      data-running={running}
      data-splice={splice || undefined}
      data-open={type === undefined}
      style={
        places
          ? {
              stroke: pathColour(places),
              strokeWidth: places.length > 0 ? 5 : 2,
              opacity: places.length > 0 ? 1 : 0.25,
            }
          : { stroke: own }
      }
    />
  );
});
