/** The list of node types: search, drag to the canvas, or Enter and click to insert. */
import { CloseButton, ScrollArea, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { nodeDragType } from '../../canvas/drag-type';
import { PortGlyph } from '../../canvas/PortGlyph';
import { useDocument, useSession } from '../../editor/hooks';
import type { AnyNode } from '../../kit/define-node';
import classes from './Palette.module.css';
import { paletteGroups } from './palette-items';

export function Palette({ onDone }: { onDone?: () => void }) {
  const session = useSession();
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const subgraphs = useDocument(({ document }) => document.defs);
  const path = useDocument((state) => state.path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the catalogue follows the subgraphs of the open level
  const groups = useMemo(() => paletteGroups(session.catalogue, query), [session, query, subgraphs, path]);
  const first = groups[0]?.nodes[0];

  const add = (type: string) => {
    if (session.edits.addNode(type) !== null) onDone?.();
  };
  const move = (event: KeyboardEvent, from: HTMLElement | null, by: 1 | -1) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-node]') ?? [])];
    const at = from ? buttons.indexOf(from as HTMLButtonElement) : -1;
    const next = buttons[at + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    <div className={classes.palette}>
      <div className={classes.search}>
        <TextInput
          size="xs"
          data-palette-search
          aria-label="Search nodes"
          placeholder="Search nodes"
          value={query}
          leftSection={<IconSearch size={15} />}
          rightSection={query && <CloseButton size="xs" aria-label="Clear the search" onClick={() => setQuery('')} />}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first && query) add(first.type);
            if (event.key === 'ArrowDown') move(event, null, 1);
            if (event.key === 'Escape') setQuery('');
          }}
        />
      </div>
      <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8} viewportProps={{ tabIndex: -1 }}>
        <div ref={list} className={classes.groups}>
          {groups.map(({ category, title, nodes }) => (
            <section key={category} aria-label={title}>
              <h2 className={classes.group}>{title}</h2>
              {nodes.map((node) => (
                <Item key={node.type} node={node} disabled={readOnly} onAdd={() => add(node.type)} onMove={move} />
              ))}
            </section>
          ))}
          {groups.length === 0 && <p className={classes.none}>No node matches “{query}”.</p>}
        </div>
      </ScrollArea>
      <p className={classes.hint}>{onDone ? 'Tap a node to add it.' : 'Drag to the canvas, or press Enter.'}</p>
    </div>
  );
}

interface ItemProps {
  readonly node: AnyNode;
  readonly disabled: boolean;
  readonly onAdd: () => void;
  readonly onMove: (event: KeyboardEvent, from: HTMLElement | null, by: 1 | -1) => void;
}

function Item({ node, disabled, onAdd, onMove }: ItemProps) {
  const inputs = Object.entries(node.inputs);
  const outputs = Object.entries(node.outputs);
  const start = (event: DragEvent) => {
    event.dataTransfer.setData(nodeDragType, node.type);
    event.dataTransfer.effectAllowed = 'copy';
  };
  const names = (ports: readonly (readonly [string, { readonly label: string }])[]) =>
    ports.map(([, { label }]) => label).join(', ') || 'nothing';
  return (
    <button
      type="button"
      className={classes.item}
      data-node={node.type}
      draggable={!disabled}
      disabled={disabled}
      title={`${node.docs.summary}\nTakes ${names(inputs)}; gives ${names(outputs)}.`}
      onDragStart={start}
      onClick={onAdd}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') onMove(event, event.currentTarget, 1);
        if (event.key === 'ArrowUp') onMove(event, event.currentTarget, -1);
      }}
    >
      <span className={classes.name}>{node.title}</span>
      <span className={classes.glyphs} aria-hidden>
        {inputs.map(([port, { kinds }]) => (
          <PortGlyph key={port} kind={kinds[0]} size={9} hollow />
        ))}
        {inputs.length > 0 && outputs.length > 0 && <span className={classes.arrow}>›</span>}
        {outputs.map(([port, { kind }]) => (
          <PortGlyph key={port} kind={kind} size={9} />
        ))}
      </span>
    </button>
  );
}
