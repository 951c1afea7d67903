/** The bar of a frame, open or collapsed: its title, what collapses and expands it, its menu. What a hand takes it by. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { DocumentFrame } from '../document/schema';
import { useDocument, useSession } from '../editor/hooks';
import { FrameMenu } from './FrameMenu';
import cardClasses from './NodeCard.module.css';
import classes from './Objects.module.css';
import { TextEdit } from './TextEdit';

interface Props {
  readonly frame: DocumentFrame;
  readonly objectKey: string;
}

export function FrameBar({ frame, objectKey }: Props) {
  const session = useSession();
  const readOnly = useDocument((state) => state.access === 'read-only');
  const collapsed = frame.collapsed !== undefined;
  const Chevron = collapsed ? IconChevronRight : IconChevronDown;
  const toggle = () => {
    session.building.collapseFrame(frame.id, !collapsed);
    session.canvas.current?.focus(objectKey);
  };
  return (
    <div className={classes.frameBar} data-frame-handle>
      <button
        type="button"
        className={`${cardClasses.menuButton} ${classes.toggle} nodrag nopan`}
        tabIndex={-1}
        disabled={readOnly}
        aria-expanded={!collapsed}
        aria-label={`${collapsed ? 'Expand' : 'Collapse'} frame ${frame.title}`}
        onClick={toggle}
      >
        <Chevron size={16} aria-hidden />
      </button>
      <FrameTitle frame={frame} objectKey={objectKey} />
      <FrameMenu frame={frame} objectKey={objectKey} />
    </div>
  );
}

function FrameTitle({ frame, objectKey }: Props) {
  const session = useSession();
  const editing = useStore(session.renaming, (state) => state.node === objectKey);
  const done = (title: string | null) => {
    session.renaming.setState({ node: null });
    const text = title?.trim();
    if (text && text !== frame.title) session.building.changeFrame(frame.id, { title: text });
    session.canvas.current?.focus(objectKey);
  };
  if (editing)
    return (
      <TextEdit
        label="Title of the frame"
        text={frame.title}
        limit={200}
        className={classes.titleField}
        onDone={done}
      />
    );
  return (
    <h3
      className={classes.frameTitle}
      title={frame.title}
      onDoubleClick={() => session.renaming.setState({ node: objectKey })}
    >
      {frame.title}
    </h3>
  );
}
