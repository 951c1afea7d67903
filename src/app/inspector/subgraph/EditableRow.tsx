/** One line of a list that people order: a name to write, up, down, remove. */
import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Subgraph.module.css';

interface Props {
  /** "input Images": what the buttons speak of. */
  readonly what: string;
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onRename: (name: string) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

export function EditableRow({ what, name, isFirst, isLast, onRename, onMove, onRemove, children }: Props) {
  const rename = (field: HTMLInputElement) => {
    const text = field.value.trim();
    if (text === '') field.value = name;
    else if (text !== name) onRename(text);
  };
  return (
    <li className={classes.row}>
      <TextInput
        key={name}
        size="xs"
        aria-label={`Name of ${what}`}
        defaultValue={name}
        maxLength={200}
        onBlur={(event) => rename(event.currentTarget)}
        onKeyDown={(event) => event.key === 'Enter' && rename(event.currentTarget)}
      />
      <div className={classes.tools}>
        <ActionIcon
          size={26}
          variant="subtle"
          color="gray"
          disabled={isFirst}
          aria-label={`Move ${what} up`}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon
          size={26}
          variant="subtle"
          color="gray"
          disabled={isLast}
          aria-label={`Move ${what} down`}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
        <ActionIcon size={26} variant="subtle" color="gray" aria-label={`Remove ${what}`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <div className={classes.about}>{children}</div>
    </li>
  );
}

/** The list with one entry a place further. */
export function moved<T>(list: readonly T[], place: number, by: 1 | -1): T[] {
  const next = [...list];
  const [entry] = next.splice(place, 1);
  if (entry !== undefined) next.splice(place + by, 0, entry);
  return next;
}
