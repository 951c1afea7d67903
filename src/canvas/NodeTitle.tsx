/** The title on a card: a double click, F2 or the menu turns it into a field. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { expand } from '../document/subgraphs';
import { useSession } from '../editor/hooks';
import classes from './NodeCard.module.css';

export function NodeTitle({ id, title }: { id: string; title: string }) {
  const session = useSession();
  const renaming = useStore(session.renaming, (state) => state.node === id);
  if (renaming) return <TitleField id={id} title={title} />;
  // A double click anywhere on a subgraph opens it; F2 and the menu still rename.
  const rename = () => {
    const { root } = session.document.store.getState();
    if (!expand(root).instances.has(id)) session.renaming.setState({ node: id });
  };
  return (
    <h3 className={classes.title} title={title} onDoubleClick={rename}>
      {title}
    </h3>
  );
}

function TitleField({ id, title }: { id: string; title: string }) {
  const session = useSession();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => field.current?.select(), []);
  const close = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    session.renaming.setState({ node: null });
    const text = field.current?.value.trim() ?? '';
    if (keep && text !== title) session.edits.setLabel(id, text);
  };
  return (
    <input
      ref={field}
      className={`${classes.rename} nodrag`}
      aria-label="Name of the node"
      defaultValue={title}
      maxLength={200}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') close(true);
        if (event.key === 'Escape') close(false);
      }}
    />
  );
}
