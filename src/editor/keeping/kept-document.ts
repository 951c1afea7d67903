/**
 * A document of the library as its last gesture left it: the last snapshot with the log repeated on it, and the undo
 * history that belongs to it. Read and written here alone, for the document that is open and for those that are not.
 */
import type { JsonValue } from '../../core/canonical-json';
import { parsePipeline } from '../../document/parse-pipeline';
import type { PipelineDocument } from '../../document/schema';
import { serialisePipeline } from '../../document/serialise-pipeline';
import { createHistory, type History } from '../../graph/history';
import { parseHistory, serialiseHistory } from '../../graph/history-text';
import type { Catalogue } from '../../kit/define-node';
import type { DocumentHead, Library } from '../../library/library';
import { type JournalEntry, replay } from '../document-session';

/** In the log beside commands: the undo history at a snapshot, since commands before it cannot be repeated on it. */
interface HistoryMark {
  readonly op: 'history';
  readonly text: string;
}

export interface KeptDocument {
  readonly head: DocumentHead;
  readonly document: PipelineDocument;
  readonly history: History;
  /** Edits since the snapshot, and how many of them could be repeated. */
  readonly edits: number;
  readonly repeated: number;
}

/** Null if the library has no such document. */
export async function readKept(library: Library, catalogue: Catalogue, id: string): Promise<KeptDocument | null> {
  const recovery = await library.recover(id);
  if (!recovery) return null;
  const { document } = parsePipeline(recovery.text);
  const history = historyAt(recovery.history.map(({ entry }) => entry));
  const entries = recovery.pending
    .map(({ entry }) => entry as unknown as JournalEntry | HistoryMark)
    .filter(isJournalEntry);
  const { applied, ...restored } = replay({ document, history }, entries, catalogue);
  return { head: recovery.head, ...restored, edits: entries.length, repeated: applied };
}

export async function writeSnapshot(
  library: Library,
  id: string,
  document: PipelineDocument,
  history: History,
): Promise<void> {
  const text = serialisePipeline(document);
  const mark: HistoryMark = { op: 'history', text: serialiseHistory(history) };
  const through = await library.log.append(id, mark as unknown as JsonValue);
  await library.documents.save({ id, title: document.title, text }, through);
}

const isJournalEntry = (entry: JournalEntry | HistoryMark): entry is JournalEntry => entry.op !== 'history';

/** The undo history that belongs to the snapshot: the last one marked in the log before it. */
function historyAt(entries: readonly JsonValue[]): History {
  const mark = entries.findLast(
    (entry) => typeof entry === 'object' && entry !== null && 'op' in entry && entry.op === 'history',
  ) as unknown as HistoryMark | undefined;
  return (mark && parseHistory(mark.text)) ?? createHistory();
}
