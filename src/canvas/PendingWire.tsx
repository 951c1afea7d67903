/** The wire that waits for the node being chosen in the menu: from its port to where it was dropped. */
import { useStore as useFlowStore, ViewportPortal } from 'reactflow';
import { useStore } from 'zustand';
import { useSession } from '../editor/hooks';
import classes from './Objects.module.css';
import { pathThrough } from './wire-geometry';
import { portOf } from './wire-plan';

export function PendingWire() {
  const request = useStore(useSession().addMenu, (state) => state.open);
  const { wire, at } = request ?? { at: null };
  const path = useFlowStore(({ nodeLookup }) => {
    const port = wire && portOf(nodeLookup.get(wire.node), wire.side, wire.port);
    if (!port || !at) return null;
    return pathThrough(wire.side === 'source' ? [port, at] : [at, port]);
  });
  if (path === null) return null;
  return (
    <ViewportPortal>
      <svg className={classes.pending} aria-hidden>
        <path d={path} />
      </svg>
    </ViewportPortal>
  );
}
