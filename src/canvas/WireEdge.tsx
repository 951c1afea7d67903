/** A wire: coloured by what flows, with the size of one item on it. Dashed while its source cannot say its type. */
import { useComputedColorScheme } from '@mantine/core';
import { memo } from 'react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from 'reactflow';
import { useInference, useNode, useNodeStatus, useSession } from '../editor/hooks';
import { formatPortType } from '../kit/port-type';
import { kindColour } from '../panels/kind-style';
import type { FlowEdge } from './flow-view';
import { shortType } from './short-type';
import classes from './WireEdge.module.css';

export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, source, sourceHandleId, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } =
    props;
  const session = useSession();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const node = useNode(source);
  const port = sourceHandleId ?? '';
  const type = useInference(source)?.outputs[port];
  const declared = node && session.catalogue.get(node.type)?.outputs[port]?.kind;
  const running = useNodeStatus(source).state === 'running';
  const kind = type?.kind ?? declared;
  const [path, labelX, labelY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const text = type ? shortType(type) : '';
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={22}
        className={classes.wire}
        data-selected={selected}
        data-running={running}
        data-open={type === undefined}
        style={{ stroke: kind ? kindColour(kind, scheme) : 'var(--sl-text-3)' }}
      />
      {text && (
        <EdgeLabelRenderer>
          <span
            className={classes.label}
            data-selected={selected}
            title={type && formatPortType(type)}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {text}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
