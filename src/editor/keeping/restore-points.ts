/**
 * Restore points of the open document: made by themselves before the first edit, before a run, after some minutes of
 * editing and before going back, and by hand under a name. Going back to one is a command like any other: it can be undone,
 * and the present is kept as a point of its own. Which go when there are too many is left to src/library.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../../core/errors';
import { parsePipeline } from '../../document/parse-pipeline';
import type { PipelineDocument } from '../../document/schema';
import { serialisePipeline } from '../../document/serialise-pipeline';
import type { Library, RestorePointHead } from '../../library/library';
import type { DocumentSession } from '../document-session';
import type { Notices } from '../notices';
import type { ResultsStore } from '../results-store';

export interface RestorePoints {
  /** `turn` changes whenever a point was added or removed here. */
  readonly store: StoreApi<{ readonly turn: number }>;
  /** Of the open document, latest first. */
  list(): Promise<readonly RestorePointHead[]>;
  /** Null if it is no longer there. */
  read(id: string): Promise<PipelineDocument | null>;
  /** By hand. */
  keep(label: string): Promise<void>;
  restore(point: RestorePointHead): Promise<void>;
  remove(id: string): Promise<void>;
  dispose(): void;
}

export interface RestorePointDependencies {
  readonly library: Library;
  readonly documents: DocumentSession;
  readonly results: ResultsStore;
  readonly notices: Notices;
  /** Minutes of editing between two points that are made by themselves, in ms. */
  readonly every?: number;
}

const fiveMinutes = 5 * 60_000;

export function createRestorePoints(dependencies: RestorePointDependencies): RestorePoints {
  const { library, documents, results, notices, every = fiveMinutes } = dependencies;
  const store = createStore<{ turn: number }>(() => ({ turn: 0 }));
  const changed = () => store.setState(({ turn }) => ({ turn: turn + 1 }));
  const state = () => documents.store.getState();
  /** Of the open document: when a point was last made; null before the first edit. */
  let lastPoint: number | null = null;

  const add = async (id: string, document: PipelineDocument, label: string, automatic: boolean): Promise<void> => {
    await library.points.add({ documentId: id, label, text: serialisePipeline(document), automatic });
    lastPoint = Date.now();
    changed();
  };
  /** A point that nobody asked for never disturbs: the library tells its own troubles. */
  const addQuietly = (document: PipelineDocument, label: string): void => {
    const { id, access } = state();
    if (access === 'owner' && id !== '') add(id, document, label, true).catch(() => undefined);
  };

  const offDocument = documents.store.subscribe((now, before) => {
    if (now.opened !== before.opened) {
      lastPoint = null;
      return;
    }
    if (now.root === before.root || now.access !== 'owner') return;
    if (lastPoint === null) {
      lastPoint = Date.now();
      addQuietly(before.root, 'Before the first change');
    } else if (Date.now() - lastPoint >= every) {
      lastPoint = Date.now();
      addQuietly(before.root, 'While editing');
    }
  });
  const offRuns = results.store.subscribe(({ run }, before) => {
    if (run.id !== before.run.id && run.id !== null) addQuietly(state().root, 'At a run');
  });

  return {
    store,
    list: () => library.points.list(state().id),
    async read(id) {
      const point = await library.points.open(id);
      return point ? parsePipeline(point.text).document : null;
    },
    async keep(label) {
      const { id, root: document, access } = state();
      if (access !== 'owner') return tellReadOnly(notices);
      try {
        await add(id, document, label.trim() || 'Kept by hand', false);
        notices.show({ level: 'good', title: `Kept "${label.trim() || 'Kept by hand'}" as a restore point` });
      } catch (thrown) {
        tell(notices, 'The restore point could not be kept', thrown);
      }
    },
    async restore({ id, label }) {
      const { root: document, access } = state();
      if (access !== 'owner') return tellReadOnly(notices);
      try {
        const point = await library.points.open(id);
        if (!point) throw new Error('It is no longer there.');
        if (point.text === serialisePipeline(document)) {
          notices.show({ level: 'info', title: `The pipeline is already as it was at "${label}"` });
          return;
        }
        await add(state().id, document, `Before going back to "${label}"`, true);
        const done = documents.apply({
          type: 'restore',
          label: `Go back to "${label}"`,
          edits: [{ slot: 'whole', text: point.text }],
        });
        if (!done.ok) throw new Error(done.reason);
        notices.show({
          level: 'good',
          title: `Went back to "${label}"`,
          message: 'What was here before is kept as a restore point.',
          actions: [{ label: 'Undo', run: () => void documents.undo() }],
        });
      } catch (thrown) {
        tell(notices, 'Going back did not work', thrown);
      }
    },
    async remove(id) {
      await library.points
        .remove(id)
        .catch((thrown) => tell(notices, 'The restore point could not be deleted', thrown));
      changed();
    },
    dispose() {
      offDocument();
      offRuns();
    },
  };
}

function tell(notices: Notices, title: string, thrown: unknown): void {
  const message = describeFailure(
    toFailure(thrown, { code: 'points.failed', cure: 'The open pipeline is unchanged.' }),
  );
  notices.show({ level: 'error', title, message });
}

function tellReadOnly(notices: Notices): void {
  notices.show({
    level: 'warning',
    title: 'This pipeline is open in another tab',
    message: 'It is read-only here. Go back there, or work on a copy here.',
  });
}
