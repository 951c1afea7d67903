/** Opening a lesson: its pipeline takes the place of what is open, which stays in the library. */
import type { EditorSession } from '../session';
import { lessonById } from '.';
import { restart } from './progress';

export async function startLesson(session: EditorSession, id: string): Promise<boolean> {
  const lesson = lessonById(id);
  if (!lesson) {
    session.notices.show({
      level: 'warning',
      title: `There is no lesson "${id}"`,
      message: 'The lessons are listed in the gallery.',
    });
    return false;
  }
  await session.keeper.adopt(lesson.start);
  session.lessons.setState((state) => restart(state, id));
  session.notices.announce(
    `Lesson: ${lesson.title}. Step 1 of ${lesson.steps.length}: ${lesson.steps[0]?.title ?? ''}.`,
  );
  return true;
}

/** "first-run" of "#lesson=first-run". */
export const lessonIn = (hash: string): string | null => /^#lesson=([a-z0-9-]+)$/.exec(hash)?.[1] ?? null;
