/** What ran, when, on what and with which scores: found, pinned, opened again, compared, taken out. */
import { ActionIcon, Button, Checkbox, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconDownload, IconPin, IconPinFilled, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { formatDuration, formatNumber, withUnit } from '../../core/units';
import { download } from '../../editor/file-io';
import { useDocument, useIsRunning, useSession } from '../../editor/hooks';
import { chooseRuns, columnsOf, type MetricColumn, metricsOf, outcomeWords } from '../../editor/keeping/run-table';
import type { RunRecord } from '../../library/library';
import { CompareChosen } from './CompareChosen';
import { KeepingModal } from './KeepingModal';
import { RunDetail } from './RunDetail';
import classes from './Runs.module.css';
import { whenText } from './when';

export function RunsDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <KeepingModal opened={opened} onClose={onClose} title="Run history">
      <Runs onClose={onClose} />
    </KeepingModal>
  );
}

const pageSize = 50;

function Runs({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const { library, notices } = session;
  const documentId = useDocument((state) => state.id);
  const running = useIsRunning();
  const [records, setRecords] = useState<readonly RunRecord[] | null>(null);
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  const [turn, setTurn] = useState(0);
  const [text, setText] = useState('');
  const [scope, setScope] = useState<'this' | 'all'>('this');
  const [by, setBy] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<string | null>(null);
  const [pages, setPages] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was changed here, and a run that ends, make it another list
  useEffect(() => {
    library.runs
      .list()
      .then(setRecords)
      .catch(() => setRecords([]));
    library.runs
      .pinned()
      .then(setPinned)
      .catch(() => setPinned(new Set()));
  }, [library, turn, running]);
  const refresh = () => setTurn(turn + 1);
  const found = chooseRuns(records ?? [], { text, documentId: scope === 'this' ? documentId : null, pinned, by });
  const shown = found.slice(0, pages * pageSize);
  const columns = columnsOf(found);
  const pair = found.filter(({ id }) => chosen.includes(id));
  const pin = (id: string) => {
    library.runs
      .setPinned(id, !pinned.has(id))
      .then(refresh)
      .catch(() => notices.show({ level: 'error', title: 'The run could not be pinned' }));
  };
  const takeOut = (list: readonly RunRecord[]) => {
    const name = `spikeloom-runs-${new Date().toISOString().slice(0, 10)}.json`;
    download(new Blob([`${JSON.stringify(list, null, 2)}\n`], { type: 'application/json' }), name);
    notices.show({
      level: 'good',
      title: `Saved ${name}`,
      message: `${list.length} ${list.length === 1 ? 'run' : 'runs'}.`,
    });
  };
  return (
    <div className={classes.runs}>
      <div className={classes.bar}>
        <TextInput
          size="xs"
          aria-label="Search the runs"
          placeholder="Search by title, node, seed, backend or outcome"
          leftSection={<IconSearch size={15} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which runs"
          value={scope}
          onChange={(value) => setScope(value as 'this' | 'all')}
          data={[
            { value: 'this', label: 'Of this pipeline' },
            { value: 'all', label: 'All' },
          ]}
        />
        <CompareChosen runs={pair} onClose={onClose} />
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          disabled={found.length === 0}
          onClick={() => takeOut(found)}
        >
          Export JSON
        </Button>
      </div>
      {records !== null && found.length === 0 ? (
        <p className={classes.none}>
          {text !== '' ? `No run is found by "${text}".` : 'Nothing has run yet: press Run, and each run is kept here.'}
        </p>
      ) : (
        <section className={classes.scroll} aria-label="Runs">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="sl-visually-hidden">Compare</span>
                </th>
                <th scope="col">
                  <span className="sl-visually-hidden">Pinned</span>
                </th>
                <SortHeader name="When" pressed={by === null} onClick={() => setBy(null)} />
                {scope === 'all' && <th scope="col">Pipeline</th>}
                <th scope="col">Outcome</th>
                <th scope="col">Time</th>
                <th scope="col">Backend</th>
                {columns.map(({ name, unit }) => (
                  <SortHeader
                    key={name}
                    name={unit === '1' ? name : `${name} (${unit})`}
                    pressed={by === name}
                    onClick={() => setBy(by === name ? null : name)}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((record) => (
                <RunRow
                  key={record.id}
                  record={record}
                  columns={columns}
                  withTitle={scope === 'all'}
                  isOpen={record.id === open}
                  isPinned={pinned.has(record.id)}
                  isChosen={chosen.includes(record.id)}
                  onOpen={() => setOpen(open === record.id ? null : record.id)}
                  onPin={() => pin(record.id)}
                  onChoose={(on) =>
                    setChosen(on ? [...chosen, record.id] : chosen.filter((each) => each !== record.id))
                  }
                  detail={
                    <RunDetail
                      record={record}
                      isPinned={pinned.has(record.id)}
                      onClose={onClose}
                      onChanged={refresh}
                      onExport={() => takeOut([record])}
                    />
                  }
                  span={6 + columns.length + (scope === 'all' ? 1 : 0)}
                />
              ))}
            </tbody>
          </table>
          {found.length > shown.length && (
            <Button variant="default" onClick={() => setPages(pages + 1)}>
              Show more of {found.length}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

interface SortProps {
  readonly name: string;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

function SortHeader({ name, pressed, onClick }: SortProps) {
  return (
    <th scope="col" aria-sort={pressed ? 'descending' : 'none'}>
      <button type="button" className={classes.sort} onClick={onClick} title={`Sort by ${name}`}>
        {name}
        {pressed && <span aria-hidden> ↓</span>}
      </button>
    </th>
  );
}

interface RowProps {
  readonly record: RunRecord;
  readonly columns: readonly MetricColumn[];
  readonly withTitle: boolean;
  readonly isOpen: boolean;
  readonly isPinned: boolean;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
  readonly onPin: () => void;
  readonly onChoose: (on: boolean) => void;
  readonly detail: React.ReactNode;
  readonly span: number;
}

function RunRow(props: RowProps) {
  const { record, columns, withTitle, isOpen, isPinned, isChosen, onOpen, onPin, onChoose, detail, span } = props;
  const metrics = new Map(metricsOf(record).map((metric) => [metric.name, metric]));
  const when = whenText(record.started);
  const name = `${record.title ?? 'Untitled'}, ${when}`;
  return (
    <>
      <tr data-open={isOpen || undefined}>
        <td>
          <Checkbox
            size="xs"
            aria-label={`Compare the run of ${name}`}
            checked={isChosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        </td>
        <td>
          <Tooltip label={isPinned ? 'Unpin' : 'Pin: stays on top and is not deleted'}>
            <ActionIcon size={28} aria-label={`Pin the run of ${name}`} aria-pressed={isPinned} onClick={onPin}>
              {isPinned ? <IconPinFilled size={15} /> : <IconPin size={15} />}
            </ActionIcon>
          </Tooltip>
        </td>
        <th scope="row">
          <button type="button" className={classes.when} aria-expanded={isOpen} onClick={onOpen}>
            {when}
          </button>
        </th>
        {withTitle && <td className={classes.pipeline}>{record.title ?? 'Untitled'}</td>}
        <td data-outcome={record.outcome}>{outcomeWords[record.outcome]}</td>
        <td className="sl-number">{formatDuration(record.ms)}</td>
        <td>{String(record.backend?.['name'] ?? '')}</td>
        {columns.map((column) => {
          const metric = metrics.get(column.name);
          return (
            <td key={column.name} className="sl-number">
              {metric ? withUnit(formatNumber(metric.value), column.unit === metric.unit ? '1' : metric.unit) : ''}
            </td>
          );
        })}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={span} className={classes.detailCell}>
            {detail}
          </td>
        </tr>
      )}
    </>
  );
}
