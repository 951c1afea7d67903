/**
 * Adding a node where the pointer is: type, choose, Enter. For a wire that was dropped on the empty canvas it lists only
 * what fits, the usual first, and wires it at once.
 */
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useReactFlow } from 'reactflow';
import { useStore } from 'zustand';
import type { AddRequest } from '../editor/add-menu-store';
import { useSession } from '../editor/hooks';
import type { Candidate } from '../editor/node-search';
import classes from './AddMenu.module.css';
import { addGroups, portsText } from './add-items';
import { PortGlyph } from './PortGlyph';
import { cardWidth } from './preview-choice';

/** px */
const menuSize = { width: 330, height: 400 } as const;
const margin = 8;
/** From the corner of a card to the hand that holds it by its title, and to its first port. */
const byTitle = { x: 60, y: 18 } as const;
const firstPort = 96;

export function AddMenu({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const request = useStore(useSession().addMenu, (state) => state.open);
  // A new one each time, so that it begins empty.
  return request ? <Menu key={JSON.stringify(request)} request={request} box={box} /> : null;
}

function Menu({ request, box }: { request: AddRequest; box: RefObject<HTMLDivElement | null> }) {
  const session = useSession();
  const { flowToScreenPosition } = useReactFlow();
  const [query, setQuery] = useState(request.query ?? '');
  const [chosen, setChosen] = useState(0);
  const favourites = useStore(session.habits.store, (state) => state.favourites);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<Element | null>(document.activeElement);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new favourite changes the groups, through the habits
  const groups = useMemo(
    () => addGroups(session.document.store.getState().document, session.catalogue, request, query, session.habits),
    [session, request, query, favourites],
  );
  const items = groups.flatMap((group) => group.items);
  const active = items[Math.min(chosen, items.length - 1)];

  useEffect(() => {
    const input = field.current;
    input?.focus({ preventScroll: true });
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);
  useEffect(() => {
    list.current?.querySelector(`[data-place="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const close = (back: boolean) => {
    session.addMenu.setState({ open: null });
    if (back && before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  const insert = (candidate: Candidate | undefined) => {
    if (!candidate) return;
    close(false);
    const { at, wire } = request;
    const round = (x: number, y: number) => ({ x: Math.round(x), y: Math.round(y) });
    const id = wire
      ? session.building.addWired(
          candidate,
          wire,
          at ? round(wire.side === 'source' ? at.x : at.x - cardWidth, at.y - firstPort) : undefined,
        )
      : session.edits.addNode(candidate.node.type, at ? round(at.x - byTitle.x, at.y - byTitle.y) : undefined);
    if (id !== null) session.canvas.current?.focus(id);
  };
  const star = (candidate: Candidate | undefined) => {
    if (!candidate) return;
    const isOne = session.habits.toggleFavourite(candidate.node.type);
    session.notices.announce(`${candidate.node.title} is ${isOne ? 'a favourite' : 'no favourite any more'}.`);
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === 'Escape') close(true);
    else if (event.key === 'Enter' && event.altKey) star(active);
    else if (event.key === 'Enter') insert(active);
    else if (step !== undefined)
      setChosen((place) => Math.max(0, Math.min(items.length - 1, Math.min(place, items.length - 1) + step)));
    else return;
    event.preventDefault();
  };

  const label = request.wire
    ? `Node for the wire ${request.wire.side === 'source' ? 'from' : 'to'} ${session.document.nameOf(request.wire.node)}`
    : 'Add a node';
  return (
    <div
      className={`${classes.menu} nodrag nopan nowheel`}
      role="dialog"
      aria-label={label}
      style={{ ...placeIn(box.current, request.at && flowToScreenPosition(request.at)), width: menuSize.width }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close(false);
      }}
    >
      <input
        ref={field}
        className={classes.field}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={active ? `${listId} ${active.node.type}`.replaceAll(' ', '-') : undefined}
        placeholder={request.wire ? 'What comes next?' : 'Search nodes'}
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      <div className={classes.list} id={listId} role="listbox" aria-label="Nodes" ref={list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups of options
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={classes.group} aria-hidden>
              {group.title}
            </div>
            {group.items.map((item) => {
              const place = items.indexOf(item);
              return (
                <Option
                  key={item.node.type}
                  id={`${listId} ${item.node.type}`.replaceAll(' ', '-')}
                  item={item}
                  place={place}
                  active={item === active}
                  favourite={favourites.includes(item.node.type)}
                  port={portLabel(item, request)}
                  onChoose={() => insert(item)}
                  onPoint={() => setChosen(place)}
                  onStar={() => star(item)}
                />
              );
            })}
          </div>
        ))}
        {items.length === 0 && (
          <p className={classes.none}>
            {query ? `No node ${request.wire ? 'that fits ' : ''}matches “${query}”.` : 'No node takes this wire.'}
          </p>
        )}
      </div>
      <div className={classes.foot}>
        {active ? (
          <>
            <span>{active.node.docs.summary}</span>
            <span className={classes.ports}>{portsText(active.node)}</span>
          </>
        ) : (
          <span>Escape closes.</span>
        )}
      </div>
    </div>
  );
}

/** The port that would be wired, as people read it. */
function portLabel({ node, ports }: Candidate, { wire }: AddRequest): string | null {
  const [port] = ports;
  if (!wire || port === undefined) return null;
  return (wire.side === 'source' ? node.inputs[port] : node.outputs[port])?.label ?? port;
}

interface OptionProps {
  readonly id: string;
  readonly item: Candidate;
  readonly place: number;
  readonly active: boolean;
  readonly favourite: boolean;
  readonly port: string | null;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
  readonly onStar: () => void;
}

function Option({ id, item: { node }, place, active, favourite, port, onChoose, onPoint, onStar }: OptionProps) {
  const Star = favourite ? IconStarFilled : IconStar;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: options of a combobox are pointed at, not focused
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-label={`${node.title}${port ? `, ${port}` : ''}${favourite ? ', favourite' : ''}`}
      className={classes.option}
      data-active={active}
      data-place={place}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onMouseMove={() => !active && onPoint()}
    >
      <span className={classes.name}>{node.title}</span>
      {port && <span className={classes.port}>{port}</span>}
      <span className={classes.glyphs} aria-hidden>
        {Object.entries(node.inputs).map(([name, { kinds }]) => (
          <PortGlyph key={name} kind={kinds[0]} size={9} hollow />
        ))}
        {Object.keys(node.inputs).length > 0 && <span className={classes.arrow}>›</span>}
        {Object.entries(node.outputs).map(([name, { kind }]) => (
          <PortGlyph key={name} kind={kind} size={9} />
        ))}
      </span>
      <span
        className={classes.star}
        data-on={favourite}
        title={favourite ? 'No favourite any more (Alt+Enter)' : 'Make it a favourite (Alt+Enter)'}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onStar();
        }}
      >
        <Star size={13} />
      </span>
    </div>
  );
}

/** Beside the pointer, whole within the canvas; without a pointer in the upper middle. */
function placeIn(box: HTMLElement | null, at: { readonly x: number; readonly y: number } | null) {
  const size = box?.getBoundingClientRect();
  if (!size) return { left: margin, top: margin, maxHeight: menuSize.height };
  const x = at ? at.x - size.left : (size.width - menuSize.width) / 2;
  const y = at ? at.y - size.top : size.height / 6;
  const height = Math.min(menuSize.height, size.height - 2 * margin);
  return {
    left: Math.max(margin, Math.min(x, size.width - menuSize.width - margin)),
    top: Math.max(margin, Math.min(y, size.height - height - margin)),
    maxHeight: height,
  };
}
