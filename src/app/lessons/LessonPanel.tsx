/**
 * The lesson that is open: what to do, whether it is done, a hint, and somebody who does it. It stands beside or below the
 * work and never on it. Each step is checked by itself, from what the learner has built and run.
 */
import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core';
import { IconCheck, IconLayoutBottombar, IconLayoutSidebar } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useIsRunning, useResults, useSession } from '../../editor/hooks';
import { type Lesson, lessonById, lessons } from '../../editor/lessons';
import { advance, restart, stepsDone } from '../../editor/lessons/progress';
import { startLesson } from '../../editor/lessons/start';
import { doIt } from './do-it';
import classes from './Lesson.module.css';
import { useFacts } from './use-facts';

/** Where the open lesson stands; null while none is open. */
export function useLessonDock(): 'side' | 'bottom' | null {
  const { lessons: store } = useSession();
  return useStore(store, ({ open, dock }) => (open !== null && lessonById(open) ? dock : null));
}

export function LessonPanel({ narrow = false }: { narrow?: boolean }) {
  const session = useSession();
  const open = useStore(session.lessons, (state) => state.open);
  const lesson = open === null ? undefined : lessonById(open);
  return lesson ? <Open key={lesson.id} lesson={lesson} narrow={narrow} /> : null;
}

function Open({ lesson, narrow }: { lesson: Lesson; narrow: boolean }) {
  const session = useSession();
  const state = useStore(session.lessons);
  const facts = useFacts();
  const done = stepsDone(state, lesson);
  const step = lesson.steps[done];
  const planning = useResults((state) => state.planning);
  useEffect(() => {
    // Right after an edit, states and tables still speak of what was there before it.
    if (planning) return;
    const before = session.lessons.getState();
    const next = advance(before, lesson, facts);
    if (next === before) return;
    session.lessons.setState(next);
    const now = stepsDone(next, lesson);
    const following = lesson.steps[now];
    session.notices.announce(
      following
        ? `Step ${now} done. Step ${now + 1} of ${lesson.steps.length}: ${following.title}.`
        : `Lesson finished: ${lesson.title}.`,
    );
  }, [session, lesson, facts, planning]);
  const answer = step?.check({ ...facts, kept: state.kept[lesson.id] ?? {} });
  const close = () => session.lessons.setState({ open: null });
  return (
    <section className={classes.panel} aria-label={`Lesson: ${lesson.title}`}>
      <header className={classes.head}>
        <div>
          <p className={classes.count}>
            {step ? `Lesson, step ${done + 1} of ${lesson.steps.length}` : 'Lesson finished'}
          </p>
          <h2>{lesson.title}</h2>
        </div>
        <div className={classes.tools}>
          {!narrow && (
            <Tooltip label={state.dock === 'side' ? 'Move below the canvas' : 'Move beside the canvas'}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={
                  state.dock === 'side' ? 'Move the lesson below the canvas' : 'Move the lesson beside the canvas'
                }
                onClick={() => session.lessons.setState({ dock: state.dock === 'side' ? 'bottom' : 'side' })}
              >
                {state.dock === 'side' ? <IconLayoutBottombar size={17} /> : <IconLayoutSidebar size={17} />}
              </ActionIcon>
            </Tooltip>
          )}
          <CloseButton aria-label="Close the lesson" onClick={close} />
        </div>
      </header>
      <div className={classes.body}>
        <ol className={classes.steps} aria-label="Steps">
          {lesson.steps.map(({ title }, place) => (
            <li
              key={title}
              data-state={place < done ? 'done' : place === done ? 'now' : 'later'}
              aria-current={place === done ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {place < done ? <IconCheck size={12} stroke={3} /> : place + 1}
              </span>
              {title}
              {place < done && <span className="sl-visually-hidden"> (done)</span>}
            </li>
          ))}
        </ol>
        {step ? (
          <StepCard key={done} lesson={lesson} place={done} missing={typeof answer === 'string' ? answer : ''} />
        ) : (
          <Finished lesson={lesson} onClose={close} />
        )}
      </div>
    </section>
  );
}

function StepCard({ lesson, place, missing }: { lesson: Lesson; place: number; missing: string }) {
  const session = useSession();
  const running = useIsRunning();
  const [hint, setHint] = useState(false);
  const [busy, setBusy] = useState(false);
  const step = lesson.steps[place];
  if (!step) return null;
  const help = async () => {
    setBusy(true);
    await doIt(session, step.help).catch((thrown: unknown) =>
      session.notices.show({ level: 'error', title: 'That did not work', message: String(thrown) }),
    );
    setBusy(false);
  };
  return (
    <div className={classes.step}>
      <h3>{step.title}</h3>
      {step.text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {hint && <p className={classes.hint}>{step.hint}</p>}
      <p className={classes.missing} role="status">
        {running ? 'Running…' : missing}
      </p>
      <div className={classes.actions}>
        <Button size="compact-sm" variant="light" loading={busy && !running} disabled={running} onClick={help}>
          Do it for me
        </Button>
        {!hint && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setHint(true)}>
            Show a hint
          </Button>
        )}
      </div>
    </div>
  );
}

function Finished({ lesson, onClose }: { lesson: Lesson; onClose: () => void }) {
  const session = useSession();
  const next = lessons[lessons.indexOf(lesson) + 1];
  return (
    <div className={classes.step}>
      <h3>Done</h3>
      <p>{lesson.summary} The pipeline is yours now: change whatever you like.</p>
      <div className={classes.actions}>
        {next && (
          <Button size="compact-sm" onClick={() => startLesson(session, next.id)}>
            Next: {next.title}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            session.lessons.setState((state) => restart(state, lesson.id));
            void startLesson(session, lesson.id);
          }}
        >
          Start over
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
}
