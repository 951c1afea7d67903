/**
 * One editor session: the open document, what is known about its results, and everything a view may do. It joins the parts
 * of this folder with the library and the scheduler's client; src/app makes it, views receive it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../core/errors';
import { framesOf, notesOf } from '../document/canvas-objects';
import { parsePipeline } from '../document/parse-pipeline';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import { openCatalogue } from '../graph/subgraphs/catalogue';
import type { Catalogue } from '../kit/define-node';
import type { NodeExamples } from '../kit/node-example';
import type { Library } from '../library/library';
import type { SchedulerClient } from '../scheduler/client';
import { type AddMenuStore, createAddMenuStore } from './add-menu-store';
import { type Building, createBuilding } from './building';
import { type CanvasPort, createCanvasPort } from './canvas-port';
import { type Comparison, createComparison } from './comparison';
import type { Side } from './connections';
import { createDocumentSession, type DocumentSession } from './document-session';
import { createEdits, type Edits } from './edits';
import { createExamples, type Examples } from './examples/examples';
import { fileNameFor, pickPipelineFile, pipelineFileLimit, saveTextFile, tooLargeForPipeline } from './file-io';
import { focusSoon } from './focus-soon';
import { createHabits, type Habits } from './habits';
import { createKeeper, type Keeper } from './keeper';
import type { MissingSet } from './keeping/import-report';
import type { PictureContents } from './keeping/incoming';
import { createKeeping, type Keeping, noAddress, type PictureSaver } from './keeping/keeping';
import type { Address } from './keeping/sharing';
import { createKeymap, type Keymap } from './keymap-store';
import { createLayoutStore, type LayoutState } from './layout-store';
import { createLessonStore, type LessonState } from './lessons/progress';
import { createLive, type Live } from './live';
import { createMeters, type MetersPoll } from './meters-store';
import { createNotices, type Notices } from './notices';
import { readObjectKey } from './object-keys';
import { createPreviewStore, type PreviewStore } from './preview-store';
import { createResultsStore, type ResultsStore } from './results-store';
import { watchBudget } from './run-budget';
import { runRecord } from './run-record';
import { createRunner, type Runner } from './runner';
import { watchHealth } from './scheduler-health';
import { createSelection, type Selection } from './selection-store';
import { createSettings, type Settings, type SettingsState, schedulerSettings } from './settings-store';

type DialogName = 'gallery' | 'settings' | 'help' | 'palette' | 'keys' | KeepingDialog;
/** Of src/app/keeping. */
type KeepingDialog = 'library' | 'points' | 'runs' | 'stored';

function hasObject(document: PipelineDocument, key: string): boolean {
  const object = readObjectKey(key);
  if (object?.kind === 'dot')
    return (document.wires.find(({ id }) => id === object.id)?.via?.length ?? 0) > object.place;
  return (object?.kind === 'frame' ? framesOf(document) : notesOf(document)).some(({ id }) => id === object?.id);
}

export interface ShownOutput {
  readonly node: string;
  readonly port?: string;
}

/** What the connect list starts from: a node, or one of its ports. */
export interface ConnectStart {
  readonly node: string;
  readonly port?: string;
  readonly side?: Side;
}

export interface EditorSession {
  readonly catalogue: Catalogue;
  readonly library: Library;
  readonly client: SchedulerClient;
  readonly document: DocumentSession;
  readonly edits: Edits;
  readonly building: Building;
  readonly habits: Habits;
  readonly addMenu: AddMenuStore;
  readonly selection: Selection;
  readonly results: ResultsStore;
  readonly previews: PreviewStore;
  readonly runner: Runner;
  readonly live: Live;
  readonly notices: Notices;
  readonly meters: MetersPoll;
  readonly settings: Settings;
  readonly layout: StoreApi<LayoutState>;
  readonly keeper: Keeper;
  readonly keeping: Keeping;
  readonly canvas: CanvasPort;
  readonly comparison: Comparison;
  readonly lessons: StoreApi<LessonState>;
  readonly examples: Examples;
  readonly dialogs: StoreApi<{ readonly open: DialogName | null }>;
  /** The output that is shown large; without a port the most telling one of the node. */
  readonly viewer: StoreApi<{ readonly shown: ShownOutput | null }>;
  /** The node whose title is being edited on its card, or the key of a frame or note whose text is. */
  readonly renaming: StoreApi<{ readonly node: string | null }>;
  /** The node or port that is being connected from a list. */
  readonly connect: StoreApi<{ readonly from: ConnectStart | null }>;
  readonly keymap: Keymap;
  /** Selects a node and gives the focus to the inspector. */
  inspect(node: string): void;
  showOutline(): void;
  openText(text: string, name: string, file?: FileSystemFileHandle | null): Promise<boolean>;
  openFile(): Promise<void>;
  save(): Promise<void>;
  clearStore(): Promise<void>;
  dispose(): void;
}

export interface SessionDependencies {
  readonly catalogue: Catalogue;
  readonly library: Library;
  readonly client: SchedulerClient;
  readonly settings: SettingsState;
  readonly isVisible: () => boolean;
  readonly address?: Address;
  readonly missingSets?: (document: PipelineDocument) => Promise<readonly MissingSet[]>;
  /** The live examples of the help, by node type. */
  readonly loadExamples?: () => Promise<NodeExamples>;
  readonly savePicture?: PictureSaver;
  readonly readPicture?: (file: File) => Promise<PictureContents | null>;
}

export function createSession({
  catalogue: installed,
  library,
  client,
  settings: initial,
  isVisible,
  address = noAddress,
  missingSets = async () => [],
  loadExamples = async () => ({}),
  readPicture = async () => null,
  savePicture = () => Promise.reject(new Error('There is no page to draw on.')),
}: SessionDependencies): EditorSession {
  // Subgraphs of the open document are node types as well.
  const catalogue = openCatalogue(installed, () => documents.store.getState().document);
  const notices = createNotices();
  const layout = createLayoutStore();
  const results = createResultsStore((node) => documents.nameOf(node));
  const selection = createSelection();
  const canvas = createCanvasPort();
  const previews = createPreviewStore((request) => client.preview(request));
  const meters = createMeters(() => client.meters(), isVisible);
  const documents: DocumentSession = createDocumentSession(installed, (entry) => keeper.record(entry));
  const keeper = createKeeper({ library, catalogue, documents: () => documents, notices });
  const comparison = createComparison(documents, notices);
  const habits = createHabits();
  const edits = createEdits({ catalogue, documents, selection, notices, canvas, habits });
  const building = createBuilding({ catalogue, documents, edits, selection, notices, canvas, habits });
  const runner = createRunner({
    catalogue,
    client,
    documents,
    results,
    previews,
    notices,
    makeRoom: () => examples.giveWay(),
    onRunEnd(finished) {
      meters.refresh();
      const { nodes } = results.store.getState().run;
      const backend = results.store.getState().report?.backend ?? meters.store.getState().meters?.backend ?? null;
      runRecord(finished, { nodes, backend, catalogue, value: (key, port) => client.value(key, port) })
        .then((record) => library.runs.add(record))
        .catch((thrown) =>
          results.log('warning', `The run could not be recorded: ${describeFailure(toFailure(thrown))}`),
        );
    },
  });
  const live = createLive({ documents, results, runner, client, layout, notices });
  const examples = createExamples({
    catalogue,
    client,
    notices,
    load: loadExamples,
    isBusy: () => runner.isBusy(),
  });
  const settings = createSettings(initial, (state) => {
    library.settings.set('scheduler', { ...state }).catch(() => undefined);
    client
      .configure(schedulerSettings(state))
      .then(() => {
        previews.forget();
        meters.refresh();
        runner.replan();
      })
      .catch((thrown) =>
        notices.show({
          level: 'error',
          title: 'The setting could not be applied',
          message: describeFailure(toFailure(thrown)),
        }),
      );
  });

  const offSelection = documents.store.subscribe(({ document, opened }, before) => {
    if (opened !== before.opened) selection.clear();
    else if (document !== before.document) {
      const nodes = new Set(document.nodes.map(({ id }) => id));
      const wires = new Set(document.wires.map(({ id }) => id));
      selection.retain(
        (id) => nodes.has(id),
        (id) => wires.has(id),
        (key) => hasObject(document, key),
      );
    }
  });
  const offNotice = library.onNotice((message) => notices.show({ level: 'warning', title: message }));

  const offBudget = watchBudget(meters, notices);
  // What a node took is seen at its end; between, the meters ask by themselves.
  const offFinished = client.onEvent((event) => {
    if (event.type === 'finished' && event.profile) meters.refresh();
  });

  const offHealth = watchHealth(client, notices, () => {
    meters.refresh();
    runner.replan();
  });

  const openText: EditorSession['openText'] = async (text, name, file = null) => {
    try {
      if (text.length > pipelineFileLimit) throw tooLargeForPipeline(text.length);
      const { document, remarks } = parsePipeline(text);
      await keeper.adopt(document, file);
      if (remarks.length > 0) notices.show({ level: 'info', title: `Opened ${name}`, message: remarks.join(' ') });
      else notices.announce(`Opened ${document.title}.`);
      return true;
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: `${name} could not be opened`,
        message: `${describeFailure(toFailure(thrown, { code: 'file.unreadable' }))} The open pipeline is unchanged.`,
      });
      return false;
    }
  };

  const save: EditorSession['save'] = async () => {
    const { root: document, file } = documents.store.getState();
    try {
      const result = await saveTextFile(serialisePipeline(document), fileNameFor(document.title), file);
      if (!result.saved) return;
      documents.setFile(result.handle);
      notices.show({ level: 'good', title: `Saved ${result.name}` });
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: 'The pipeline could not be saved',
        message: describeFailure(toFailure(thrown)),
      });
    }
  };
  const keeping = createKeeping({
    library,
    catalogue,
    documents,
    keeper,
    edits,
    notices,
    results,
    address,
    missingSets,
    readPicture,
    savePicture,
    saveFile: save,
  });

  return {
    catalogue,
    library,
    client,
    document: documents,
    edits,
    building,
    habits,
    addMenu: createAddMenuStore(),
    selection,
    results,
    previews,
    runner,
    live,
    notices,
    meters,
    settings,
    layout,
    keeper,
    keeping,
    canvas,
    comparison,
    lessons: createLessonStore(),
    examples,
    dialogs: createStore<{ open: DialogName | null }>(() => ({ open: null })),
    viewer: createStore<{ shown: ShownOutput | null }>(() => ({ shown: null })),
    renaming: createStore<{ node: string | null }>(() => ({ node: null })),
    connect: createStore<{ from: ConnectStart | null }>(() => ({ from: null })),
    keymap: createKeymap(),
    inspect(node) {
      selection.set([node]);
      layout.setState({ mobile: 'inspector' });
      focusSoon('inspector');
    },
    showOutline() {
      layout.setState({ palette: true, side: 'outline', mobile: 'nodes' });
      focusSoon('outline');
    },
    openText,
    async openFile() {
      const picked = await pickPipelineFile().catch(() => null);
      if (!picked) return;
      const [file, handle] = picked instanceof File ? [picked, null] : [picked.file, picked.handle];
      if ((await keeping.incoming.takeFile(file, handle)) !== 'no pipeline') return;
      notices.show({ level: 'warning', title: `${file.name} is a picture without a pipeline in it` });
    },
    save,
    async clearStore() {
      try {
        await client.clearStore();
        previews.forget();
        notices.show({ level: 'good', title: 'The store of results was cleared' });
      } catch (thrown) {
        notices.show({
          level: 'error',
          title: 'The store could not be cleared',
          message: describeFailure(toFailure(thrown)),
        });
      }
      meters.refresh();
      runner.replan();
    },
    dispose() {
      offSelection();
      offNotice();
      offHealth();
      offBudget();
      offFinished();
      comparison.dispose();
      examples.dispose();
      keeping.dispose();
      live.dispose();
      runner.dispose();
      meters.dispose();
      client.dispose();
      library.close();
    },
  };
}
