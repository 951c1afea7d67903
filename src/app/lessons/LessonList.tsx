/** The lessons as cards, with how far one has come. */
import { IconCheck, IconSchool } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import { lessons } from '../../editor/lessons';
import { stepsDone } from '../../editor/lessons/progress';
import { startLesson } from '../../editor/lessons/start';
import dialogs from '../dialogs/Dialogs.module.css';

export function LessonList({ onStart }: { onStart: () => void }) {
  const session = useSession();
  const state = useStore(session.lessons);
  return (
    <section aria-label="Lessons">
      <h3 className={dialogs.heading}>Lessons</h3>
      <div className={dialogs.cards}>
        {lessons.map((lesson) => {
          const done = stepsDone(state, lesson);
          const finished = done === lesson.steps.length;
          return (
            <button
              key={lesson.id}
              type="button"
              className={dialogs.entry}
              onClick={() => {
                onStart();
                void startLesson(session, lesson.id);
              }}
            >
              <strong>
                {finished ? <IconCheck size={16} aria-hidden /> : <IconSchool size={16} aria-hidden />} {lesson.title}
              </strong>
              <span>{lesson.summary}</span>
              <small>
                {lesson.steps.length} steps, about {lesson.minutes} minutes
                {finished ? ', done' : done > 0 ? `, ${done} done` : ''}
              </small>
            </button>
          );
        })}
      </div>
    </section>
  );
}
