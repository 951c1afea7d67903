/**
 * The live example in a node's help: what to see, one or two parameters, the result. It runs when asked, and again after each
 * change; a result that is stored is there at once. Computing begins by hand, so that reading a help costs nothing.
 */
import { Button, Progress } from '@mantine/core';
import { IconExternalLink, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { formatDuration } from '../../core/units';
import { type ExampleState, untouched } from '../../editor/examples/example-state';
import { openExample } from '../../editor/examples/open-example';
import { useIsRunning, useSession } from '../../editor/hooks';
import type { NodeExample, NoExample } from '../../kit/node-example';
import { FailureCard } from '../../panels/FailureCard';
import { ExampleControls } from './ExampleControls';
import { ExampleResults } from './ExampleResults';
import classes from './Help.module.css';

export function TryIt({ type }: { type: string }) {
  const { examples } = useSession();
  const [found, setFound] = useState<NodeExample | NoExample | 'not loaded' | null>(null);
  useEffect(() => {
    let gone = false;
    examples.find(type).then(
      (example) => !gone && setFound(example ?? null),
      () => !gone && setFound('not loaded'),
    );
    return () => {
      gone = true;
    };
  }, [examples, type]);
  if (!found) return null;
  return (
    <section className={classes.tryIt} aria-label="Try it">
      {found === 'not loaded' ? (
        <>
          <h3>Try it</h3>
          <p>The example could not be loaded. Check the connection and open this help again.</p>
        </>
      ) : 'none' in found ? (
        <>
          <h3>Try it</h3>
          <p>{found.none}</p>
        </>
      ) : (
        <Live type={type} example={found} />
      )}
    </section>
  );
}

function Live({ type, example }: { type: string; example: NodeExample }) {
  const session = useSession();
  const { examples, catalogue } = session;
  const state = useStore(examples.store, ({ byType }) => byType[type] ?? untouched);
  const busy = useIsRunning();
  useEffect(() => {
    if (!busy) void examples.look(type);
  }, [examples, type, busy]);
  useEffect(() => () => void examples.stop(type), [examples, type]);

  const { phase } = state;
  const failure = phase.is === 'failed' ? phase.failure : null;
  const culprit = example.nodes.find(({ id }) => id === failure?.node);
  const culpritTitle = culprit && (culprit.label ?? catalogue.get(culprit.type)?.title);
  return (
    <>
      <div className={classes.head}>
        <h3>Try it</h3>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconExternalLink size={14} />}
          disabled={busy}
          onClick={() => void openExample(session, type)}
        >
          Open as a pipeline
        </Button>
      </div>
      <p>{example.see}</p>
      <ExampleControls
        type={type}
        example={example}
        values={state.values}
        problemOf={(node, param) => (failure?.node === node && failure.param === param ? failure.message : undefined)}
        onChange={(key, value) => examples.set(type, key, value)}
      />
      <div className={classes.actions}>
        {phase.is === 'running' ? (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlayerStop size={14} />}
            onClick={() => void examples.stop(type)}
          >
            Stop the example
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant={phase.is === 'done' ? 'default' : 'light'}
            leftSection={<IconPlayerPlay size={14} />}
            disabled={busy}
            onClick={() => void examples.run(type)}
          >
            {phase.is === 'done' ? 'Run again' : 'Run the example'}
          </Button>
        )}
      </div>
      {phase.is === 'running' && (
        <Progress
          size="xs"
          value={100 * (phase.progress?.share ?? 0)}
          animated={phase.progress?.share == null}
          aria-label="Progress of the example"
        />
      )}
      <p className={classes.state}>{stateText(state, example, busy, (id) => nameOf(id, example, catalogue))}</p>
      {failure && <FailureCard failure={failure} {...(culpritTitle ? { title: culpritTitle } : {})} />}
      <ExampleResults example={example} state={state} />
    </>
  );
}

function nameOf(id: string, example: NodeExample, catalogue: ReadonlyMap<string, { readonly title: string }>): string {
  const node = example.nodes.find((each) => each.id === id);
  return node?.label ?? catalogue.get(node?.type ?? '')?.title ?? id;
}

function stateText({ phase }: ExampleState, example: NodeExample, busy: boolean, name: (id: string) => string): string {
  if (busy) {
    const first = phase.is === 'gave-way' ? 'Stopped: your own pipeline is running.' : 'Your own pipeline is running.';
    return `${first} The example can run when it has finished.`;
  }
  switch (phase.is) {
    case 'idle':
      return `Runs ${example.nodes.length === 1 ? 'one node' : `${example.nodes.length} nodes`} beside your pipeline, which stays as it is.`;
    case 'gave-way':
      return 'Stopped to make room for your own run, which has ended. Run the example now.';
    case 'running':
      return phase.progress ? `Running: ${name(phase.progress.node)}` : 'Preparing';
    case 'done':
      return phase.executed === 0
        ? 'Done: everything was stored, nothing had to run.'
        : `Done in ${formatDuration(phase.ms)}.`;
    case 'failed':
      return 'Failed. Your pipeline is not concerned.';
  }
}
