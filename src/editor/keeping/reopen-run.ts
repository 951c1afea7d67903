/**
 * A run of the past as a pipeline that is open: the one that ran, as a document of its own. Its results come from the
 * store by their keys, so that looking back executes nothing; what the store has given up in the meantime says so.
 */
import { describeFailure, toFailure } from '../../core/errors';
import { parsePipeline } from '../../document/parse-pipeline';
import { serialisePipeline } from '../../document/serialise-pipeline';
import type { RunRecord } from '../../library/library';
import type { EditorSession } from '../session';

export async function reopenRun(session: EditorSession, record: RunRecord, when: string): Promise<boolean> {
  const { document, keeper, notices } = session;
  if (record.text === undefined) {
    notices.show({ level: 'warning', title: 'This run was recorded before pipelines were kept with them' });
    return false;
  }
  if (record.text === serialisePipeline(document.store.getState().root)) {
    notices.show({ level: 'info', title: 'The open pipeline is the one that ran', message: 'Its results are shown.' });
    return true;
  }
  try {
    const ran = parsePipeline(record.text).document;
    await keeper.adopt({ ...ran, title: `${ran.title} (run of ${when})`.slice(0, 300) });
    notices.show({
      level: 'good',
      title: 'Opened the pipeline that ran',
      message: 'Nothing is executed: its results are read from the store, as far as they are still there.',
    });
    return true;
  } catch (thrown) {
    notices.show({
      level: 'error',
      title: 'The pipeline of this run could not be opened',
      message: `${describeFailure(toFailure(thrown))} The open pipeline is unchanged.`,
    });
    return false;
  }
}
