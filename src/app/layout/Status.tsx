/** The status bar, fed from the worker's meters and the run; its button opens the run log. */
import { Button } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { formatDuration } from '../../core/units';
import { useLayout, useResults, useSession } from '../../editor/hooks';
import type { ResultsState } from '../../editor/results-store';
import { summariseRun } from '../../editor/run-state';
import { type RunSummary, StatusBar } from '../../panels/StatusBar';
import classes from './Layout.module.css';

function summary({ run, report, planProblem }: ResultsState): RunSummary {
  if (run.phase === 'cancelling') return { text: 'Cancelling', tone: 'running' };
  if (run.phase === 'running') return { text: 'Running', tone: 'running' };
  if (run.phase === 'ended') {
    const after = `in ${formatDuration(run.ms)}: ${summariseRun(run)}`;
    if (run.outcome === 'succeeded') return { text: `Finished ${after}`, tone: 'good' };
    if (run.outcome === 'failed') return { text: `Failed ${after}`, tone: 'bad' };
    return { text: `Cancelled ${after}`, tone: 'warning' };
  }
  if (planProblem) return { text: 'The planner does not answer', tone: 'bad' };
  return { text: report ? 'Ready' : 'Starting', tone: 'idle' };
}

/** In the run's own words; nothing is said while live mode is off. */
function useLiveText(): string {
  const { live } = useSession();
  const on = useLayout((state) => state.live);
  const waits = useStore(live.store, (state) => state.waits);
  if (!on) return '';
  return waits === null ? 'Live. ' : `Live, waits for Run: ${waits}. `;
}

export function Status({ bare = false }: { bare?: boolean }) {
  const session = useSession();
  const meters = useStore(session.meters.store, (state) => state.meters);
  const state = useResults(useShallow(summary));
  const live = useLiveText();
  const run = live && state.text !== 'Starting' ? { ...state, text: `${live}${state.text}` } : state;
  const log = useLayout((state) => state.log);
  const stored = () => session.dialogs.setState({ open: 'stored' });
  const settings = () => session.dialogs.setState({ open: 'settings' });
  return (
    <StatusBar meters={meters} run={run} onBackend={settings} onBudgets={settings} onStore={stored}>
      {!bare && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.logButton}
          aria-expanded={log}
          leftSection={<IconTerminal2 size={14} />}
          onClick={() => session.layout.setState({ log: !log })}
        >
          Log
        </Button>
      )}
    </StatusBar>
  );
}
