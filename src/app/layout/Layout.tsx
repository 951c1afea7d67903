/** Where things stand: header, palette, canvas with log, inspector, status bar; drawers and a thumb bar when narrow. */
import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useEffect } from 'react';
import { Canvas } from '../../canvas/Canvas';
import { useDocument, useLayout, useSession } from '../../editor/hooks';
import type { MobilePanel } from '../../editor/layout-store';
import { formOf } from '../../graph/simple-form';
import { CompareDock, CompareSheet } from '../compare/CompareDock';
import { FormView } from '../form/FormView';
import { Header } from '../header/Header';
import { Inspector } from '../inspector/Inspector';
import lessonClasses from '../lessons/Lesson.module.css';
import { LessonPanel, useLessonDock } from '../lessons/LessonPanel';
import { Welcome } from '../welcome/Welcome';
import { AccessBanner } from './AccessBanner';
import classes from './Layout.module.css';
import { LogPanel } from './LogPanel';
import { SidePanel } from './SidePanel';
import { Status } from './Status';
import { ThumbBar } from './ThumbBar';
import { useBackToCanvas } from './use-back-to-canvas';
import { useSettledNode } from './use-settled-node';

export function Layout({ dropping }: { dropping: boolean }) {
  const narrow = useMediaQuery('(max-width: 820px)', false, { getInitialValueInEffect: false });
  return narrow ? <NarrowLayout dropping={dropping} /> : <WideLayout dropping={dropping} />;
}

/** A pipeline without a form has nothing to show alone. */
function useFormOnly(): boolean {
  const asked = useLayout((state) => state.formOnly);
  const has = useDocument(({ root }) => formOf(root).length > 0);
  return asked && has;
}

const DropVeil = ({ dropping }: { dropping: boolean }) =>
  dropping ? (
    <div className={classes.veil} aria-hidden>
      <div>Drop a pipeline to open it, or images to read them</div>
    </div>
  ) : null;

interface RegionProps {
  readonly narrow: boolean;
  readonly formOnly: boolean;
  readonly dropping: boolean;
}

/** Its heading is not seen: the cards' headings stand under it. */
function CanvasRegion({ narrow, formOnly, dropping }: RegionProps) {
  return (
    <section className={classes.canvas} aria-labelledby="canvas-heading">
      <h2 id="canvas-heading" className="sl-visually-hidden">
        Pipeline canvas
      </h2>
      <Canvas narrow={narrow} />
      <Welcome />
      {formOnly && <FormView />}
      <DropVeil dropping={dropping} />
    </section>
  );
}

function WideLayout({ dropping }: { dropping: boolean }) {
  const session = useSession();
  const palette = useLayout((state) => state.palette);
  const pinned = useLayout((state) => state.inspector);
  const log = useLayout((state) => state.log);
  const node = useSettledNode(session);
  const inspector = pinned || node !== null;
  const side = useLayout((state) => state.side);
  const lesson = useLessonDock();
  const formOnly = useFormOnly();
  const backToCanvas = useBackToCanvas();
  const cancelByEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || session.results.store.getState().run.phase !== 'running') return;
    event.preventDefault();
    session.runner.cancel();
  };
  useEffect(() => {
    if (!inspector) session.canvas.current?.unreveal();
    // After the canvas has given way to the inspector.
    if (inspector && node)
      requestAnimationFrame(() => requestAnimationFrame(() => session.canvas.current?.reveal(node)));
  }, [session, inspector, node]);
  return (
    <div className={classes.shell}>
      <header className={classes.header}>
        <Header narrow={false} />
      </header>
      {palette && !formOnly && (
        <nav className={classes.palette} aria-label="Nodes" data-side={side} onKeyDown={backToCanvas}>
          <SidePanel />
        </nav>
      )}
      {lesson === 'side' && (
        <div className={lessonClasses.side}>
          <LessonPanel />
        </div>
      )}
      <main className={classes.main}>
        <AccessBanner />
        <CanvasRegion narrow={false} formOnly={formOnly} dropping={dropping} />
        <CompareDock />
        {lesson === 'bottom' && (
          <div className={lessonClasses.bottom}>
            <LessonPanel />
          </div>
        )}
        {log && (
          <section className={classes.log} aria-label="Run log" onKeyDown={cancelByEscape}>
            <LogPanel />
          </section>
        )}
      </main>
      {inspector && !formOnly && (
        <aside className={classes.inspector} aria-label="Inspector" onKeyDown={backToCanvas}>
          <Inspector />
        </aside>
      )}
      <div className={classes.status}>
        <Status />
      </div>
    </div>
  );
}

const drawerTitles: Record<Exclude<MobilePanel, null>, string> = {
  nodes: 'Nodes',
  inspector: 'Inspector',
  log: 'Run log',
};

function NarrowLayout({ dropping }: { dropping: boolean }) {
  const session = useSession();
  const open = useLayout((state) => state.mobile);
  const lesson = useLessonDock();
  const formOnly = useFormOnly();
  const close = () => session.layout.setState({ mobile: null });
  return (
    <div className={`${classes.shell} ${classes.narrow}`}>
      <header className={classes.header}>
        <Header narrow />
      </header>
      <main className={classes.main}>
        <AccessBanner />
        <CanvasRegion narrow formOnly={formOnly} dropping={dropping} />
        {lesson && (
          <div className={`${lessonClasses.bottom} ${lessonClasses.sheet}`}>
            <LessonPanel narrow />
          </div>
        )}
      </main>
      <ThumbBar />
      <CompareSheet />
      <Drawer
        opened={open !== null}
        onClose={close}
        position="bottom"
        size="72%"
        title={open ? drawerTitles[open] : ''}
        closeButtonProps={{ 'aria-label': 'Close' }}
        styles={{
          content: { display: 'flex', flexDirection: 'column', borderRadius: '12px 12px 0 0' },
          // The inspector has a head of its own; the title still names the dialog.
          header: open === 'inspector' ? { display: 'none' } : {},
          body: { flex: 1, minHeight: 0, padding: 0 },
        }}
      >
        <div className={classes.drawerBody}>
          {open === 'nodes' && <SidePanel onDone={close} />}
          {open === 'inspector' && <Inspector onClose={close} />}
          {open === 'log' && (
            <>
              <LogPanel bare />
              <div className={classes.drawerStatus}>
                <Status bare />
              </div>
            </>
          )}
        </div>
      </Drawer>
    </div>
  );
}
