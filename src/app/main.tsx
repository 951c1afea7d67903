/** Page entry: opens the library, starts the scheduler's worker and draws the editor. The only place that knows the catalogue. */
import { createRoot } from 'react-dom/client';
import { catalogue } from '../../nodes';
import { describeFailure, toFailure } from '../core/errors';
import { lessonIn, startLesson } from '../editor/lessons/start';
import { createSession } from '../editor/session';
import { readSettings, schedulerSettings } from '../editor/settings-store';
import { openLibrary } from '../library/open-library';
import { createSchedulerClient } from '../scheduler/client';
import { App } from './App';
import { defaultPipelineText } from './gallery';
import { findMissingSets, pageAddress, readPicture, savePicture } from './keeping/page';
import { seedHabits } from './seed-habits';
import '@mantine/core/styles.css';
import './theme/tokens.css';

async function start(): Promise<void> {
  const library = await openLibrary();
  const settings = readSettings(await library.settings.get('scheduler').catch(() => null));
  const client = createSchedulerClient({
    spawn: () => new Worker(new URL('../scheduler/worker.ts', import.meta.url), { type: 'module', name: 'scheduler' }),
    assets: new URL('data/', document.baseURI).href,
    settings: schedulerSettings(settings),
  });
  const session = createSession({
    catalogue,
    library,
    client,
    settings,
    isVisible: () => document.visibilityState === 'visible',
    address: pageAddress,
    missingSets: findMissingSets,
    loadExamples: () => import('../../nodes/examples').then(({ examples }) => examples),
    readPicture,
    savePicture,
  });

  const linked = await session.keeping.sharing.openAddress();
  const last = linked ? null : await session.keeper.lastOpened().catch(() => null);
  const reopened = last !== null && (await session.keeper.reopen(last).catch(() => false));
  if (!reopened && !linked) await session.openText(await defaultPipelineText(), 'The default pipeline');
  if (library.notice) session.notices.show({ level: 'warning', title: library.notice, sticky: true });
  void library.requestPersistence().catch(() => false);

  const openLesson = async () => {
    const id = lessonIn(location.hash);
    if (id === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    await startLesson(session, id);
  };
  await openLesson();
  if (!reopened && !linked && session.lessons.getState().open === null) session.layout.setState({ welcome: true });
  addEventListener('hashchange', () => {
    void session.keeping.sharing.openAddress();
    void openLesson();
  });
  const flush = () => document.visibilityState === 'hidden' && session.keeper.flush();
  document.addEventListener('visibilitychange', flush);
  addEventListener('pagehide', () => session.keeper.flush());

  const root = document.getElementById('root');
  if (root) createRoot(root).render(<App session={session} />);
  seedHabits(session);
}

/** Nothing is drawn yet: plain text, so that the person is not left with an empty page. */
function tellFailure(thrown: unknown): void {
  const root = document.getElementById('root');
  if (!root) return;
  const text = document.createElement('p');
  text.setAttribute('role', 'alert');
  text.style.padding = '24px';
  text.textContent = `Spikeloom could not start. ${describeFailure(toFailure(thrown))}`;
  root.append(text);
}

start().catch(tellFailure);
