/**
 * What happened, line by line, newest last; stays at the end unless the reader has scrolled up.
 *
 * Props
 * - rows: { id, at (ms since the epoch), level: 'info' | 'good' | 'warning' | 'error', node (id or null), message }.
 * - nameOf(node): the node's name for people; the id by default.
 * - onSelectNode(node): the node's name becomes a button.
 * - onClear: shows a button that empties the log.
 * Height is the parent's: the list scrolls inside it.
 */
import { ActionIcon, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconExclamationCircle,
  IconInfoCircle,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { clockTime, filterRows, type LogFilter, type LogRow } from './log-rows';
import classes from './status.module.css';

export type { LogRow } from './log-rows';

export interface RunLogProps {
  readonly rows: readonly LogRow[];
  readonly nameOf?: (node: string) => string;
  readonly onSelectNode?: (node: string) => void;
  readonly onClear?: () => void;
}

const icons = { info: IconInfoCircle, good: IconCircleCheck, warning: IconAlertTriangle, error: IconExclamationCircle };
const words = { info: 'Information', good: 'Success', warning: 'Warning', error: 'Error' };
/** Reachable by keyboard, because it scrolls; the page announces what matters, so the log itself stays quiet. */
const logRegion = { role: 'log', 'aria-live': 'off', 'aria-label': 'Run log', tabIndex: 0 } as const;
const same = (node: string): string => node;

export function RunLog({ rows, nameOf = same, onSelectNode, onClear }: RunLogProps) {
  const [filter, setFilter] = useState<LogFilter>('all');
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const shown = filterRows(rows, filter, query, nameOf);
  const count = shown.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row is what moves the end
  useLayoutEffect(() => {
    if (following.current && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [count]);

  return (
    <div className={classes.log}>
      <div className={classes.logBar}>
        <SegmentedControl
          size="xs"
          value={filter}
          onChange={(value) => setFilter(value as LogFilter)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'problems', label: 'Problems' },
          ]}
          aria-label="Which lines to show"
        />
        <TextInput
          size="xs"
          className={classes.logSearch}
          placeholder="Filter"
          aria-label="Filter the log"
          value={query}
          leftSection={<IconSearch size={13} />}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        {onClear && (
          <Tooltip label="Clear the log">
            <ActionIcon aria-label="Clear the log" onClick={onClear} disabled={rows.length === 0}>
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div
        ref={list}
        className={classes.logList}
        {...logRegion}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          following.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {shown.length === 0 && (
          <div className={classes.emptyRow}>
            {rows.length === 0 ? 'Nothing has run yet.' : 'No line matches the filter.'}
          </div>
        )}
        {shown.map((row) => {
          const Icon = icons[row.level];
          return (
            <div key={row.id} className={classes.logRow} data-level={row.level}>
              <time dateTime={new Date(row.at).toISOString()}>{clockTime(row.at)}</time>
              <Icon size={14} stroke={1.8} aria-label={words[row.level]} />
              <span className={classes.logText}>
                {row.node !== null && <NodeName node={row.node} name={nameOf(row.node)} onSelectNode={onSelectNode} />}
                {row.message}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function NodeName({
  node,
  name,
  onSelectNode,
}: {
  readonly node: string;
  readonly name: string;
  readonly onSelectNode: ((node: string) => void) | undefined;
}) {
  if (!onSelectNode) return <b className={classes.logNode}>{name}</b>;
  return (
    <button type="button" className={classes.nodeButton} onClick={() => onSelectNode(node)}>
      {name}
    </button>
  );
}
