/** Where the panel stands: at the foot of the main area, as high as people pull it, or over all of it; a sheet when narrow. */
import { Drawer, Loader } from '@mantine/core';
import { type KeyboardEvent, lazy, type PointerEvent, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import classes from './Compare.module.css';

/** With its plots and tables it is loaded when something is first compared. */
const ComparePanel = lazy(() => import('./ComparePanel').then((module) => ({ default: module.ComparePanel })));

const Panel = ({ narrow }: { readonly narrow: boolean }) => (
  <Suspense fallback={<Loader className={classes.nothing} size="sm" />}>
    <ComparePanel narrow={narrow} />
  </Suspense>
);

const least = 260;
/** Of the canvas that stays in view above it, px. */
const above = 140;

export function CompareDock() {
  const { comparison } = useSession();
  const { open, maximised } = useStore(comparison.store);
  const [height, setHeight] = useState(() => Math.max(least, Math.round(window.innerHeight * 0.5)));
  if (!open) return null;
  const most = Math.max(least, window.innerHeight - above);
  const clamp = (value: number): number => Math.min(most, Math.max(least, Math.round(value)));
  const pull = (event: PointerEvent) => {
    if (event.buttons === 0 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const bottom = event.currentTarget.parentElement?.getBoundingClientRect().bottom ?? window.innerHeight;
    setHeight(clamp(bottom - event.clientY));
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 40 : event.key === 'ArrowDown' ? -40 : 0;
    if (by === 0) return;
    event.preventDefault();
    setHeight((before) => clamp(before + by));
  };
  return (
    <section
      className={classes.dock}
      data-maximised={maximised || undefined}
      style={maximised ? undefined : { height: clamp(height) }}
      aria-label="Comparison"
    >
      {!maximised && (
        // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the focusable separator of ARIA
        <div
          role="separator"
          aria-orientation="horizontal"
          aria-label="Height of the comparison"
          aria-valuemin={least}
          aria-valuemax={most}
          aria-valuenow={clamp(height)}
          tabIndex={0}
          className={classes.grip}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={pull}
          onKeyDown={step}
        />
      )}
      <Panel narrow={false} />
    </section>
  );
}

export function CompareSheet() {
  const { comparison } = useSession();
  const open = useStore(comparison.store, (state) => state.open);
  return (
    <Drawer
      opened={open}
      onClose={() => comparison.close()}
      position="bottom"
      size="94%"
      title="Compare"
      closeButtonProps={{ 'aria-label': 'Close the comparison' }}
      styles={{
        content: { display: 'flex', flexDirection: 'column', borderRadius: '12px 12px 0 0' },
        body: { flex: 1, minHeight: 0, padding: 0 },
      }}
    >
      <Panel narrow />
    </Drawer>
  );
}
