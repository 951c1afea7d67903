/** What the results of the open pipeline take, node by node: held, deleted, and the room that all results may have. */
import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { describeFailure, toFailure } from '../../core/errors';
import type { ContentKey } from '../../core/ids';
import { formatBytes, formatDuration, formatNumber } from '../../core/units';
import { useIsRunning, useResults, useSession } from '../../editor/hooks';
import { isNearBudget } from '../../editor/run-budget';
import { shareOf } from '../../panels/StatusBar';
import type { StoredSize } from '../../scheduler/protocol';
import { KeepingModal } from './KeepingModal';
import classes from './Runs.module.css';

export function StoredDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <KeepingModal opened={opened} onClose={onClose} title="Stored results of this pipeline">
      <Stored />
    </KeepingModal>
  );
}

interface Entry {
  readonly node: string;
  readonly key: ContentKey;
  readonly size: StoredSize | null;
}

function Stored() {
  const session = useSession();
  const { client, document, meters, notices, previews, runner } = session;
  const running = useIsRunning();
  const report = useResults((state) => state.report);
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [turn, setTurn] = useState(0);
  const keys = useMemo(
    () => Object.entries(report?.steps ?? {}).flatMap(([node, { key }]) => (key ? [{ node, key }] : [])),
    [report],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was held or deleted here changes the answer
  useEffect(() => {
    let current = true;
    client
      .stored(keys.map(({ key }) => key))
      .then((sizes) => current && setEntries(keys.map((entry, i) => ({ ...entry, size: sizes[i] ?? null }))))
      // A worker that is being replaced answers later: the list stays as it was.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [client, keys, turn]);
  const held = entries?.filter(({ size }) => size?.held).length ?? 0;
  const bytes = entries?.reduce((sum, { size }) => sum + (size?.bytes ?? 0), 0) ?? 0;
  const change = async (work: () => Promise<void>, said: string) => {
    try {
      await work();
      notices.announce(said);
    } catch (thrown) {
      const message = describeFailure(toFailure(thrown));
      notices.show({ level: 'error', title: 'The store could not be changed', message });
    }
    setTurn((before) => before + 1);
    meters.refresh();
  };
  const clear = () =>
    change(async () => {
      await client.forgetResults(keys.map(({ key }) => key));
      previews.forget();
      runner.replan();
    }, 'The stored results of this pipeline were deleted.');
  return (
    <div className={classes.runs}>
      <Gauges />
      <div className={classes.bar}>
        <p className={classes.summary}>
          The results of this pipeline take {formatBytes(bytes)}
          {held > 0 ? `; ${held} ${held === 1 ? 'is' : 'are'} held` : ''}. Deleting them changes no pipeline: the next
          run computes them again.
        </p>
        <Button variant="default" disabled={running || bytes === 0} onClick={() => void clear()}>
          Delete those not held
        </Button>
        <Button variant="default" onClick={() => session.dialogs.setState({ open: 'settings' })}>
          Set the budgets
        </Button>
      </div>
      <section className={classes.scroll} aria-label="Stored results by node">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Stored</th>
              <th scope="col">Took to compute</th>
              <th scope="col">Hold</th>
            </tr>
          </thead>
          <tbody>
            {entries?.map(({ node, key, size }) => {
              const name = document.nameOf(node);
              const label = `Hold the result of ${name}`;
              return (
                <tr key={node}>
                  <th scope="row">{name}</th>
                  <td className="sl-number">{size ? formatBytes(size.bytes) : 'not stored'}</td>
                  <td className="sl-number">{size ? formatDuration(size.ms) : ''}</td>
                  <td>
                    {size && (
                      <Tooltip label={size.held ? 'Held: never makes room for others' : 'May make room for others'}>
                        <ActionIcon
                          size={32}
                          aria-label={label}
                          aria-pressed={size.held}
                          onClick={() =>
                            void change(
                              () => client.hold(key, !size.held),
                              size.held ? `${name} is no longer held.` : `${name} is held.`,
                            )
                          }
                        >
                          {size.held ? <IconLock size={16} /> : <IconLockOpen size={16} />}
                        </ActionIcon>
                      </Tooltip>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Gauges() {
  const { meters } = useSession();
  const now = useStore(meters.store, (state) => state.meters);
  if (!now) return null;
  return (
    <div className={classes.gauges}>
      <Gauge name="Store on this device" used={now.storeBytes} budget={now.storeBudget} />
      <Gauge name="Results in memory" used={now.memoryBytes} budget={now.memoryBudget} />
      <div className={classes.gauge}>
        <b>Tensors</b>
        <span className="sl-number">
          {formatNumber(now.tensors)} alive, {formatBytes(now.tensorBytes)}; at most {formatBytes(now.peakTensorBytes)}{' '}
          of {formatBytes(now.runBudget)}
        </span>
        <Progress
          value={100 * shareOf(now.peakTensorBytes, now.runBudget)}
          aria-label="Tensors, most of the budget for a run"
          color={isNearBudget(now) ? 'orange' : 'iris'}
        />
      </div>
    </div>
  );
}

function Gauge({ name, used, budget }: { readonly name: string; readonly used: number; readonly budget: number }) {
  const share = 100 * shareOf(used, budget);
  return (
    <div className={classes.gauge}>
      <b>{name}</b>
      <span className="sl-number">
        {formatBytes(used)} of {formatBytes(budget)}
      </span>
      <Progress value={share} aria-label={`${name}, used`} color={share >= 90 ? 'orange' : 'iris'} />
    </div>
  );
}
