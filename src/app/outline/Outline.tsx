/**
 * The pipeline as a list, sources first: state, parameters and wires of every node, all of it editable. It follows the
 * selection and sets it, and says everything that the canvas shows: the way through for screen readers.
 */
import { ScrollArea } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useDocument, useSelection, useSession } from '../../editor/hooks';
import { soleNode } from '../../editor/selection-store';
import { topology } from '../../graph/topology';
import classes from './Outline.module.css';
import { OutlineNode } from './OutlineNode';

export function Outline({ onDone }: { onDone?: () => void }) {
  const session = useSession();
  const list = useRef<HTMLOListElement>(null);
  const nodes = useDocument(({ document }) => document.nodes);
  const wires = useDocument(({ document }) => document.wires);
  const order = useMemo(() => topology({ nodes, wires }).order, [nodes, wires]);
  const selected = useSelection(soleNode);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  useEffect(() => {
    if (selected === null) return;
    list.current?.querySelector(`[data-outline="${CSS.escape(selected)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  /** Up and down between nodes, right and left open and close one. */
  const onKey = (event: KeyboardEvent) => {
    const heads = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-outline]') ?? [])];
    const at = heads.indexOf(event.target as HTMLButtonElement);
    const id = heads[at]?.dataset['outline'];
    if (at < 0 || id === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const go = (to: number) => heads[Math.min(heads.length - 1, Math.max(0, to))]?.focus();
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(heads.length - 1);
    else if (event.key === 'ArrowRight' && !open.has(id)) toggle(id);
    else if (event.key === 'ArrowLeft' && open.has(id)) toggle(id);
    else if (event.key === 'c') session.connect.setState({ from: { node: id } });
    else if (event.key === 'Delete') session.edits.remove([id], []);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (order.length === 0) {
    return (
      <p className={classes.none} data-focus="outline" tabIndex={-1}>
        No node yet. Add one from the list of nodes, or open a pipeline of the gallery.
      </p>
    );
  }
  return (
    <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: -1 }}>
      <ol
        ref={list}
        className={classes.list}
        aria-label="Nodes in the order of the data"
        data-focus="outline"
        tabIndex={-1}
        onKeyDown={onKey}
        onFocus={(event) => {
          if (event.target === event.currentTarget)
            event.currentTarget
              .querySelector<HTMLElement>('button[data-outline][aria-current], button[data-outline]')
              ?.focus();
        }}
      >
        {order.map((id) => (
          <OutlineNode
            key={id}
            id={id}
            open={open.has(id)}
            selected={selected === id}
            onToggle={() => toggle(id)}
            onShow={() => {
              session.selection.set([id]);
              session.canvas.current?.reveal(id);
              onDone?.();
            }}
          />
        ))}
      </ol>
    </ScrollArea>
  );
}
