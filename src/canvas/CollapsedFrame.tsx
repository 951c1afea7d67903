/**
 * A collapsed frame: a card with its title, how many nodes it stands for, the state of them that matters most, and the ports
 * inside that wires of outside lead to. The wrapper with role and name is React Flow's.
 */
import { memo, useEffect, useMemo, useRef } from 'react';
import { Handle, type NodeProps, Position, useStoreApi } from 'reactflow';
import { framesOf } from '../document/canvas-objects';
import { useDocument, useInference, useJointStatus, useSelection, useSession } from '../editor/hooks';
import { readObjectKey } from '../editor/object-keys';
import { endsAt, type InnerEnd } from '../graph/collapsed-frames';
import { contentOf } from '../graph/frame-commands';
import { graphIndex } from '../graph/graph-index';
import { formatPortType } from '../kit/port-type';
import { StateBadge } from '../panels/StateBadge';
import { FrameBar } from './FrameBar';
import { type FlowNode, innerPort } from './flow-view';
import cardClasses from './NodeCard.module.css';
import classes from './Objects.module.css';
import { PortGlyph } from './PortGlyph';

export const CollapsedFrame = memo(function CollapsedFrame({ id: key, selected }: NodeProps<FlowNode>) {
  const id = readObjectKey(key)?.id ?? '';
  const frame = useDocument(({ document }) => framesOf(document).find((each) => each.id === id));
  // Texts, so that the selectors' answers compare by value.
  const content = useDocument(({ document }) => JSON.stringify(contentOf(document, id).nodes));
  const ends = useDocument(({ document }) => JSON.stringify(endsAt(document, id)));
  const nodes = useMemo(() => JSON.parse(content) as readonly string[], [content]);
  const { inputs, outputs } = useMemo(() => JSON.parse(ends) as ReturnType<typeof endsAt>, [ends]);
  const status = useJointStatus(nodes);
  const holdsSelected = useSelection((state) => nodes.some((node) => state.nodes.has(node)));
  const box = useRef<HTMLDivElement>(null);
  const flow = useStoreApi();
  // React Flow measures handles when a size changes; its own hook looks for the card by an id without line breaks.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ends` stands for the handles
  useEffect(() => {
    const nodeElement = box.current?.closest<HTMLDivElement>('.react-flow__node');
    if (nodeElement) flow.getState().updateNodeInternals(new Map([[key, { id: key, nodeElement, force: true }]]));
  }, [flow, key, ends]);
  if (!frame) return null;
  const rows = Math.max(inputs.length, outputs.length);
  return (
    <div
      ref={box}
      className={classes.collapsed}
      data-colour={frame.colour ?? 'grey'}
      data-selected={selected || holdsSelected}
    >
      <FrameBar frame={frame} objectKey={key} />
      <div className={classes.collapsedState}>
        <span>{nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}</span>
        {nodes.length > 0 && <StateBadge {...status} />}
      </div>
      {rows > 0 && (
        <div className={cardClasses.ports}>
          {Array.from({ length: rows }, (_, row) => (
            <div className={cardClasses.row} key={`${named(inputs[row])} ${named(outputs[row])}`}>
              {inputs[row] && <End end={inputs[row]} side="input" />}
              {outputs[row] && <End end={outputs[row]} side="output" />}
            </div>
          ))}
        </div>
      )}
    </div>
  );
});

const named = (end: InnerEnd | undefined): string => (end ? innerPort(end) : '');

function End({ end, side }: { readonly end: InnerEnd; readonly side: 'input' | 'output' }) {
  const { catalogue, document: documents } = useSession();
  const node = useDocument(({ document }) => graphIndex(document).nodes.get(end.node));
  const type = useInference(end.node)?.outputs[end.port];
  const definition = node && catalogue.get(node.type);
  const input = side === 'input';
  const port = input ? definition?.inputs[end.port] : definition?.outputs[end.port];
  const kind = input ? definition?.inputs[end.port]?.kinds[0] : definition?.outputs[end.port]?.kind;
  const name = documents.nameOf(end.node);
  const label = port?.label ?? end.port;
  const title = `${name}, ${label}${!input && type ? `: ${formatPortType(type)}` : ''}`;
  const handle = (
    <Handle
      type={input ? 'target' : 'source'}
      position={input ? Position.Left : Position.Right}
      id={innerPort(end)}
      isConnectable={false}
      className={cardClasses.handle}
      title={title}
    >
      <span className={cardClasses.glyph}>
        <PortGlyph kind={kind} hollow={false} />
      </span>
    </Handle>
  );
  const text = (
    <span className={input ? undefined : cardClasses.out} title={title}>
      {label}
      <span className="sl-visually-hidden"> of {name}</span>
    </span>
  );
  return input ? (
    <>
      {handle}
      {text}
    </>
  ) : (
    <>
      {text}
      {handle}
    </>
  );
}
