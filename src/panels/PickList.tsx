/**
 * A list to choose from by typing: a field over groups of options, as one combobox. The focus stays in the field; arrows,
 * Home, End and Page keys move the choice, Enter takes it. Options that cannot be taken can be read, with the reason.
 *
 * Props
 * - label: what is chosen, for screen readers.
 * - query, onQuery: the text of the field; what matches it is the caller's business.
 * - groups: what to show; ids are unique over all groups.
 * - onPick(id): an option was taken; never one that is disabled.
 * - onBack(): Backspace in an empty field, for lists in several steps.
 * - empty: shown where there is no option.
 */
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './pick-list.module.css';

export interface PickItem {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly right?: ReactNode;
  readonly disabled?: boolean;
  /** Never what Enter takes by itself, while there is another. */
  readonly quiet?: boolean;
}
export interface PickGroup {
  readonly title: string;
  readonly items: readonly PickItem[];
}

export interface PickListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly groups: readonly PickGroup[];
  readonly onPick: (id: string) => void;
  readonly onBack?: () => void;
  readonly empty: string;
  readonly foot?: ReactNode;
}

const page = 8;

export function PickList({ label, placeholder, query, onQuery, groups, onPick, onBack, empty, foot }: PickListProps) {
  const base = useId();
  const field = useRef<HTMLInputElement>(null);
  const items = groups.flatMap((group) => group.items);
  const [chosen, setChosen] = useState<string | null>(null);
  const first = items.find((item) => !item.disabled && !item.quiet) ?? items.find((item) => !item.disabled) ?? items[0];
  const active = items.find((item) => item.id === chosen) ?? first;
  const optionId = (id: string): string => `${base}-${id}`;

  useEffect(() => field.current?.focus(), []);
  // Another text, another list: the best match is the one that Enter takes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is what it listens to
  useEffect(() => setChosen(null), [query]);
  useEffect(() => {
    if (active) document.getElementById(`${base}-${active.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [base, active]);

  const take = (item: PickItem | undefined) => {
    if (item && !item.disabled) onPick(item.id);
  };
  const onKey = (event: KeyboardEvent) => {
    const at = active ? items.indexOf(active) : -1;
    const go = (to: number) => {
      event.preventDefault();
      setChosen(items[Math.min(items.length - 1, Math.max(0, to))]?.id ?? null);
    };
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') go(at + 1 === items.length ? 0 : at + 1);
    else if (event.key === 'ArrowUp') go(at <= 0 ? items.length - 1 : at - 1);
    else if (event.key === 'PageDown') go(at + page);
    else if (event.key === 'PageUp') go(at - page);
    else if (event.key === 'Home' && event.ctrlKey) go(0);
    else if (event.key === 'End' && event.ctrlKey) go(items.length - 1);
    else if (event.key === 'Enter') {
      event.preventDefault();
      take(active);
    } else if (event.key === 'Backspace' && query === '' && onBack) {
      event.preventDefault();
      onBack();
    }
  };

  return (
    <div className={classes.box}>
      <div className={classes.search}>
        <IconSearch size={17} aria-hidden />
        <input
          ref={field}
          role="combobox"
          aria-label={label}
          aria-expanded={items.length > 0}
          aria-controls={`${base}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? optionId(active.id) : undefined}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          placeholder={placeholder}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={onKey}
        />
      </div>
      {items.length === 0 && <p className={classes.empty}>{empty}</p>}
      <div
        id={`${base}-list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        className={classes.list}
        hidden={items.length === 0}
      >
        {groups
          .filter((group) => group.items.length > 0)
          .map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a group of options
            <div key={group.title} role="group" aria-label={group.title}>
              <div className={classes.group} aria-hidden>
                {group.title}
              </div>
              {group.items.map((item) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys of all options
                <div
                  key={item.id}
                  id={optionId(item.id)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={item === active}
                  aria-disabled={item.disabled || undefined}
                  className={classes.option}
                  // A list that scrolls under a mouse at rest moves nothing.
                  onMouseMove={({ movementX, movementY }) =>
                    (movementX !== 0 || movementY !== 0) && item !== active && setChosen(item.id)
                  }
                  onClick={() => take(item)}
                >
                  <span className={classes.icon} aria-hidden>
                    {item.icon}
                  </span>
                  <span className={classes.texts}>
                    <span className={classes.title}>{item.title}</span>
                    {item.detail && <span className={classes.detail}>{item.detail}</span>}
                  </span>
                  {item.right && <span className={classes.right}>{item.right}</span>}
                </div>
              ))}
            </div>
          ))}
      </div>
      {foot && <div className={classes.foot}>{foot}</div>}
    </div>
  );
}
