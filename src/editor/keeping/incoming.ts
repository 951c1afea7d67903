/**
 * Pipelines that come from outside (a file, a link, a picture). What is in order opens at once and says what it is; where
 * something is missing or was changed, the person sees that first and decides. Opening never replaces the open document:
 * that one stays in the library, and there is a way back to it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { describeFailure, toFailure } from '../../core/errors';
import type { PipelineDocument } from '../../document/schema';
import type { Catalogue } from '../../kit/define-node';
import type { Library } from '../../library/library';
import type { DocumentSession } from '../document-session';
import { pipelineFileLimit } from '../file-io';
import type { Keeper } from '../keeper';
import type { Notices } from '../notices';
import { describeSize, examine, hasFindings, type ImportReport, type MissingSet } from './import-report';

export interface Incoming {
  /** What waits for the person's decision. */
  readonly store: StoreApi<{ readonly asked: Asked | null }>;
  /** True once it is open; false if it could not be read or the person decided against it. */
  take(text: string, name: string, file?: FileSystemFileHandle | null): Promise<boolean>;
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
}

export function createIncoming(dependencies: IncomingDependencies): Incoming {
  const { library, catalogue, documents, keeper, notices, missingSets } = dependencies;
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

  return {
    store,
    async take(text, name, file = null) {
      let report: ImportReport;
      try {
        if (text.length > pipelineFileLimit)
          throw new Error(`It has ${Math.round(text.length / 1e6)} MB; a pipeline file is far smaller.`);
        const files = new Set((await library.assets.list().catch(() => [])).map(({ hash }) => hash));
        report = await examine(text, { catalogue, files, missingSets });
      } catch (thrown) {
        notices.show({
          level: 'error',
          title: `${name} could not be opened`,
          message: `${describeFailure(toFailure(thrown, { code: 'file.unreadable' }))} The open pipeline is unchanged.`,
        });
        return false;
      }
      const findings = hasFindings(report);
      if (findings && !(await ask(name, report))) {
        notices.announce(`${name} was not opened.`);
        return false;
      }
      const { id, document } = documents.store.getState();
      await keeper.adopt(report.document, file);
      // A document that nobody touched is not kept: there is no way back to it.
      const left = id !== '' && (await library.documents.open(id).catch(() => null)) !== null;
      notices.show({
        level: findings ? 'info' : 'good',
        title: `Opened ${name}`,
        message: describeSize(report),
        actions: left ? [{ label: `Back to ${document.title}`, run: () => void keeper.reopen(id) }] : [],
      });
      return true;
    },
  };
}
