/** Before a person has habits of their own, the gallery's pipelines say what is usually wired to what. */
import { parsePipeline } from '../document/parse-pipeline';
import type { EditorSession } from '../editor/session';
import { loadGallery } from './gallery';

/** When the page has nothing else to do: the gallery's files are not needed to start. */
export function seedHabits(session: EditorSession): void {
  const seed = () =>
    loadGallery()
      .then((entries) =>
        session.habits.seed(
          entries.map(({ text }) => parsePipeline(text).document),
          session.catalogue,
        ),
      )
      // Only an order of a list depends on it.
      .catch(() => undefined);
  if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void seed(), { timeout: 5000 });
  else setTimeout(() => void seed(), 1000);
}
