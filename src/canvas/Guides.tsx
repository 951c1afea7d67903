/** The lines that a card in the hand stands in with others. */
import { useContext } from 'react';
import { useStore as useFlowStore, ViewportPortal } from 'reactflow';
import { useStore } from 'zustand';
import { HandContext } from './hand';
import classes from './Objects.module.css';

export function Guides() {
  const guides = useStore(useContext(HandContext), (state) => state.guides);
  // One pixel of the screen, at any zoom.
  const thin = useFlowStore(({ transform }) => 1 / transform[2]);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className={classes.guide}
          data-guide={axis}
          style={
            axis === 'x'
              ? { left: at - thin / 2, top: from, width: thin, height: to - from }
              : { left: from, top: at - thin / 2, width: to - from, height: thin }
          }
        />
      ))}
    </ViewportPortal>
  );
}
