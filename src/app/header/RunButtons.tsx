/** Run, Run to here and Cancel, with a line that says what Run would do or how far the run is. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconBolt,
  IconBoltFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconPlayerStopFilled,
} from '@tabler/icons-react';
import { useIsRunning, useLayout, useResults, useSelection, useSession } from '../../editor/hooks';
import { useHint } from '../../panels/KeysOf';
import classes from './Header.module.css';

/** Beside Run, whatever stands there: edits are followed by runs, or results are frozen. */
export function RunButtons() {
  return (
    <>
      <RunChoice />
      <LiveToggle />
    </>
  );
}

function LiveToggle() {
  const { live } = useSession();
  const on = useLayout((state) => state.live);
  const hint = useHint(
    on ? 'Live mode is on: an edit is followed by a run' : 'Live mode: run after every edit',
    'live',
  );
  return (
    <Tooltip label={hint}>
      <ActionIcon
        size={32}
        style={{ order: -1 }}
        aria-label="Live mode"
        aria-pressed={on}
        onClick={() => live.toggle()}
      >
        {on ? <IconBoltFilled size={17} /> : <IconBolt size={17} stroke={1.8} />}
      </ActionIcon>
    </Tooltip>
  );
}

function RunChoice() {
  const session = useSession();
  const running = useIsRunning();
  const cancelling = useResults(({ run }) => run.phase === 'cancelling');
  const selected = useSelection(({ nodes }) => nodes.size);
  const runHint = useHint('Run the pipeline', 'run');
  const cancelHint = useHint('Cancel the run', 'cancel');
  const toHereHint = useHint('Run what the selected nodes need, and them', 'run-selection');
  if (running) {
    return (
      <>
        <Tooltip label={cancelHint}>
          <Button
            className={classes.run}
            variant="default"
            size="sm"
            h={32}
            disabled={cancelling}
            leftSection={<IconPlayerStopFilled size={15} />}
            onClick={() => session.runner.cancel()}
          >
            {cancelling ? 'Cancelling' : 'Cancel'}
          </Button>
        </Tooltip>
        <RunLine />
      </>
    );
  }
  return (
    <>
      <Tooltip label={runHint}>
        <Button
          className={classes.run}
          size="sm"
          h={32}
          leftSection={<IconPlayerPlayFilled size={15} />}
          onClick={() => session.runner.run()}
        >
          Run
        </Button>
      </Tooltip>
      {selected > 0 ? (
        <Tooltip label={toHereHint}>
          <Button
            variant="default"
            size="sm"
            h={32}
            leftSection={<IconPlayerSkipForward size={16} />}
            onClick={() => session.runner.run({ to: [...session.selection.store.getState().nodes] })}
          >
            Run to here
          </Button>
        </Tooltip>
      ) : (
        <RunLine />
      )}
    </>
  );
}

function RunLine() {
  const text = useResults(({ run, report, planProblem }) => {
    if (run.phase === 'cancelling') return 'Stopping';
    if (run.phase === 'running') {
      const states = Object.values(run.nodes).map((node) => node.phase);
      const left = states.filter((phase) => phase === 'queued' || phase === 'running').length;
      return left > 0 ? `${left} to go` : '';
    }
    if (planProblem) return 'The planner does not answer';
    if (!report) return '';
    const actions = Object.values(report.steps).map((step) => step.action);
    const toRun = actions.filter((action) => action === 'run').length;
    const blocked = actions.filter((action) => action === 'blocked').length;
    const blockedText = blocked > 0 ? `, ${blocked} cannot run` : '';
    return toRun === 0
      ? `Nothing to run${blockedText || ': all stored'}`
      : `${toRun} of ${actions.length} to run${blockedText}`;
  });
  return <span className={`${classes.saved} sl-number`}>{text}</span>;
}
