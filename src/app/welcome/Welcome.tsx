/** On the very first visit, at the foot of the canvas: a first result, or the first lesson. Whoever begins by themselves is left alone. */
import { Button, CloseButton } from '@mantine/core';
import { IconPlayerPlay, IconSchool } from '@tabler/icons-react';
import { showFirstResult } from '../../editor/first-result';
import { useDocument, useLayout, useResults, useSelection, useSession } from '../../editor/hooks';
import { startLesson } from '../../editor/lessons/start';
import classes from './Welcome.module.css';

export function Welcome() {
  const session = useSession();
  const offered = useLayout((state) => state.welcome);
  const untouched = useDocument(({ history, opened }) => opened <= 1 && history.done.length === 0);
  const idle = useResults(({ run }) => run.phase === 'idle');
  const nothingChosen = useSelection(({ nodes }) => nodes.size === 0);
  if (!offered || !untouched || !idle || !nothingChosen) return null;
  const close = () => session.layout.setState({ welcome: false });
  return (
    <section className={classes.welcome} aria-label="Welcome">
      <div className={classes.text}>
        <h3>New here?</h3>
        <p>Digits become spikes, and digits again.</p>
      </div>
      <div className={classes.actions}>
        <Button
          leftSection={<IconPlayerPlay size={15} />}
          onClick={() => {
            close();
            void showFirstResult(session);
          }}
        >
          Show me a result
        </Button>
        <Button
          variant="default"
          leftSection={<IconSchool size={15} />}
          onClick={() => {
            close();
            void startLesson(session, 'first-run');
          }}
        >
          First lesson
        </Button>
      </div>
      <CloseButton className={classes.close} aria-label="Close the welcome" onClick={close} />
    </section>
  );
}
