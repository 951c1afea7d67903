/**
 * One node on the canvas: title, state, key numbers, ports, a picture of its result. It subscribes by its id, so that a
 * progress event or an edit elsewhere does not render it. The wrapper with role and name is React Flow's.
 */
import { IconLock } from '@tabler/icons-react';
import { memo } from 'react';
import { type NodeProps, useStore } from 'reactflow';
import { shortText } from '../core/plain-text';
import type { DocumentNode } from '../document/schema';
import { isBoundary, subgraphOf } from '../document/subgraphs';
import { useDefinition, useDocument, useInference, useNode, useNodeStatus, useSession } from '../editor/hooks';
import { enterSubgraph } from '../editor/levels';
import type { NodeStatus } from '../editor/node-status';
import { isLocked } from '../graph/simple-form';
import type { AnyNode } from '../kit/define-node';
import { StateBadge } from '../panels/StateBadge';
import { type FlowNode, titleOf } from './flow-view';
import classes from './NodeCard.module.css';
import { NodeMenu } from './NodeMenu';
import { NodePorts } from './NodePorts';
import { NodePreview } from './NodePreview';
import { NodeTitle } from './NodeTitle';
import { PathMark } from './PathMark';
import { cardWidth } from './preview-choice';
import { stateColor } from './state-color';

/** Below this zoom a picture is a smudge that costs frames (editors.md 7.3). */
const farZoom = 0.35;
/** px */
const boundaryWidth = 170;

export const NodeCard = memo(function NodeCard({ id, selected }: NodeProps<FlowNode>) {
  const session = useSession();
  const node = useNode(id);
  const status = useNodeStatus(id);
  const far = useStore(({ transform }) => transform[2] < farZoom);
  const definition = useDefinition(node?.type ?? '');
  const locked = useDocument(({ document }) => isLocked(document, id));
  if (!node) return null;
  if (definition && isBoundary(node.type)) return <Boundary id={id} selected={selected} definition={definition} />;
  const isSubgraph = definition !== undefined && subgraphOf(node.type) !== null;
  const open = () => void enterSubgraph(session, id);
  const mode = node.mode ?? 'on';
  return (
    <div
      className={far ? `${classes.card} ${classes.far}` : classes.card}
      data-state={status.state}
      data-selected={selected}
      data-mode={mode}
      data-subgraph={isSubgraph}
      {...(isSubgraph ? { onDoubleClick: open } : {})}
      style={{ width: cardWidth, ['--sl-card-state' as string]: stateColor(status.state) }}
    >
      <div className={classes.head}>
        <NodeTitle id={id} title={titleOf(node, session.catalogue)} />
        {locked && <IconLock size={14} className={classes.lock} role="img" aria-label="Locked" />}
        <NodeMenu id={id} />
      </div>
      <div className={classes.status}>
        <StateBadge {...status} text={mode === 'on' ? status.text : mode === 'mute' ? 'Muted' : 'Bypassed'} />
      </div>
      {definition ? <KnownBody node={node} definition={definition} status={status} /> : <UnknownBody node={node} />}
      <PathMark id={id} />
    </div>
  );
});

/** The ports of the subgraph that is open, as seen from inside. */
function Boundary({ id, selected, definition }: { id: string; selected: boolean; definition: AnyNode }) {
  return (
    <div className={`${classes.card} ${classes.boundary}`} data-selected={selected} style={{ width: boundaryWidth }}>
      <div className={classes.head}>
        <h3 className={classes.title}>{definition.title}</h3>
      </div>
      <NodePorts id={id} definition={definition} />
      <PathMark id={id} />
    </div>
  );
}

function KnownBody({ node, definition, status }: { node: DocumentNode; definition: AnyNode; status: NodeStatus }) {
  const inference = useInference(node.id);
  const keyInfo = (inference && definition.keyInfo?.(inference.params as never, inference.outputs)) ?? '';
  return (
    <div className={classes.body}>
      <div className={classes.keyInfo} title={keyInfo}>
        {keyInfo}
      </div>
      <ProgressLine status={status} />
      <NodePorts id={node.id} definition={definition} />
      <NodePreview id={node.id} definition={definition} status={status} />
    </div>
  );
}

function ProgressLine({ status }: { status: NodeStatus }) {
  const running = status.state === 'running';
  const percent = Math.round((status.fraction ?? 0) * 100);
  return (
    <div
      className={classes.progress}
      {...(running
        ? {
            role: 'progressbar',
            'aria-label': 'Progress',
            'aria-valuenow': percent,
            'aria-valuemin': 0,
            'aria-valuemax': 100,
          }
        : {})}
    >
      {running && <span style={{ transform: `scaleX(${status.fraction ?? 0.03})` }} />}
    </div>
  );
}

function UnknownBody({ node }: { node: DocumentNode }) {
  return (
    <>
      <div className={classes.keyInfo} />
      <div className={classes.progress} />
      <NodePorts id={node.id} definition={null} />
      <p className={classes.unknown}>
        The type "{shortText(node.type, 120)}" is not known to this version. It is kept as it is and saved back
        unchanged.
      </p>
    </>
  );
}
