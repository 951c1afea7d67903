/** Beside the pointer, while a wire is held over a handle that will not take it: why not. */
import { useContext } from 'react';
import { useConnection } from 'reactflow';
import { useStore } from 'zustand';
import classes from './Canvas.module.css';
import { ConnectingContext } from './connecting';

const offset = 18;

export function ConnectionHint() {
  const refusal = useStore(useContext(ConnectingContext), (state) => state.refusal);
  // In pixels of the canvas; rounded, so that it renders for moves that can be seen.
  const x = useConnection((connection) => (connection.inProgress ? Math.round(connection.pointer?.x ?? 0) : null));
  const y = useConnection((connection) => (connection.inProgress ? Math.round(connection.pointer?.y ?? 0) : null));
  const blocked = useConnection((connection) => connection.inProgress && connection.isValid === false);
  if (!refusal || !blocked || x === null || y === null) return null;
  return (
    <div className={classes.hint} style={{ left: x + offset, top: y + offset }} aria-hidden>
      {refusal.reason}
      {refusal.cure && <span>{refusal.cure}</span>}
    </div>
  );
}
