/**
 * Pipelines that come from outside (a file, a link, a picture). What is in order opens at once and says what it is; where
 * something is missing or was changed, the person sees that first and decides. Opening never replaces the open document:
 * that one stays in the library, and there is a way back to it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, type Failure, toFailure } from '../../core/errors';
import { shortText } from '../../core/plain-text';
import type { PipelineDocument } from '../../document/schema';
import type { Catalogue } from '../../kit/define-node';
import type { Library, RunRecord } from '../../library/library';
import { runSchema } from '../../library/run-schema';
import type { DocumentSession } from '../document-session';
import { pipelineFileLimit, tooLargeForPipeline } from '../file-io';
import type { Keeper } from '../keeper';
import type { Notices } from '../notices';
import { describeOpened, examine, hasFindings, type ImportReport, type MissingSet } from './import-report';

export interface Incoming {
  /** What waits for the person's decision. */
  readonly store: StoreApi<{ readonly asked: Asked | null }>;
  /** True once it is open; false if it could not be read or the person decided against it. */
  take(text: string, name: string, file?: FileSystemFileHandle | null): Promise<boolean>;
  /** A pipeline file, or a picture with a pipeline in it. "no pipeline": it is something else, and nothing was said. */
  takeFile(file: File, handle?: FileSystemFileHandle | null): Promise<'opened' | 'left' | 'no pipeline'>;
}

/** What is inside a picture that was made from a pipeline. */
export interface PictureContents {
  readonly pipeline: string;
  /** The record of the run as JSON. */
  readonly run: string | null;
}

interface Asked {
  readonly name: string;
  readonly report: ImportReport;
  readonly decide: (open: boolean) => void;
}

export interface IncomingDependencies {
  readonly library: Library;
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly keeper: Keeper;
  readonly notices: Notices;
  /** Data sets that a pipeline uses and that are not there. */
  readonly missingSets: (document: PipelineDocument) => Promise<readonly MissingSet[]>;
  /** Null for a picture without a pipeline; throws where there is one that is damaged. */
  readonly readPicture: (file: File) => Promise<PictureContents | null>;
}

const isPicture = ({ name, type }: File): boolean => /\.(png|svg)$/i.test(name) || /^image\/(png|svg\+xml)$/.test(type);
export const isPipelineFile = ({ name, type }: File): boolean => /\.json$/i.test(name) || type === 'application/json';

/** Said where the browser could not read it: it is a folder, is gone, or may not be read. */
const unreadable = { code: 'file.unreadable', cure: 'Check that it is a file, and still where it was.' };

export function createIncoming(dependencies: IncomingDependencies): Incoming {
  const { library, catalogue, documents, keeper, notices, missingSets, readPicture } = dependencies;
  const store = createStore<{ asked: Asked | null }>(() => ({ asked: null }));

  const ask = (name: string, report: ImportReport): Promise<boolean> =>
    new Promise((resolve) => {
      // A second one takes the place of the first, which is then not opened.
      store.getState().asked?.decide(false);
      const decide = (open: boolean) => {
        store.setState({ asked: null });
        resolve(open);
      };
      store.setState({ asked: { name, report, decide } });
    });

  const refuse = (name: string, failure: Failure) =>
    notices.show({
      level: 'error',
      title: `${shortText(name, 100)} could not be opened`,
      message: `${describeFailure(failure)} The open pipeline is unchanged.`,
    });

  const take: Incoming['take'] = async (text, name, file = null) => {
    let report: ImportReport;
    try {
      if (text.length > pipelineFileLimit) throw tooLargeForPipeline(text.length);
      const files = new Set((await library.assets.list().catch(() => [])).map(({ hash }) => hash));
      report = await examine(text, { catalogue, files, missingSets });
    } catch (thrown) {
      refuse(name, toFailure(thrown, { code: 'file.unreadable' }));
      return false;
    }
    const findings = hasFindings(report);
    if (findings && !(await ask(name, report))) {
      notices.announce(`${name} was not opened.`);
      return false;
    }
    const { id, root: document } = documents.store.getState();
    await keeper.adopt(report.document, file);
    // A document that nobody touched is not kept: there is no way back to it.
    const left = id !== '' && (await library.documents.open(id).catch(() => null)) !== null;
    notices.show({
      level: findings ? 'info' : 'good',
      title: `Opened ${name}`,
      message: describeOpened(report),
      actions: left ? [{ label: `Back to ${document.title}`, run: () => void keeper.reopen(id) }] : [],
    });
    return true;
  };
  /** The text of a file, or nothing where that was said. */
  const read = async (file: File): Promise<string | null> => {
    try {
      // Its size is known before a byte of it is read.
      if (file.size > pipelineFileLimit) throw tooLargeForPipeline(file.size);
      return await file.text();
    } catch (thrown) {
      refuse(file.name, toFailure(thrown, unreadable));
      return null;
    }
  };

  return {
    store,
    take,
    async takeFile(file, handle = null) {
      if (!isPicture(file)) {
        const text = await read(file);
        return text !== null && (await take(text, file.name, handle)) ? 'opened' : 'left';
      }
      let inside: PictureContents | null;
      try {
        inside = await readPicture(file);
      } catch (thrown) {
        const message = `${describeFailure(toFailure(thrown, unreadable))} The open pipeline is unchanged.`;
        notices.show({ level: 'error', title: `The pipeline in ${file.name} could not be read`, message });
        return 'left';
      }
      if (!inside) return 'no pipeline';
      if (!(await take(inside.pipeline, file.name))) return 'left';
      if (inside.run !== null) await keepRun(library, inside.run, documents.store.getState().id);
      return 'opened';
    },
  };
}

/** The record that came with a picture joins the history of the pipeline that it opened; one that is no record is left. */
async function keepRun(library: Library, text: string, documentId: string): Promise<void> {
  try {
    const record = runSchema.parse(JSON.parse(text)) as RunRecord;
    if (!(await library.runs.open(record.id))) await library.runs.add({ ...record, documentId });
  } catch {
    // The pipeline is what the person asked for; it is open.
  }
}
