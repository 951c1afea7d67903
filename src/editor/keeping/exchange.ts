/**
 * The whole library out to one file and back in. What comes in is added: nothing that is there is replaced, and what is
 * already there, text for text, is not added twice.
 */
import { describeFailure, toFailure } from '../../core/errors';
import { parsePipeline } from '../../document/parse-pipeline';
import { serialisePipeline } from '../../document/serialise-pipeline';
import type { Catalogue } from '../../kit/define-node';
import type { ArchivedDocument, ReadArchive } from '../../library/archive';
import type { Library } from '../../library/library';
import type { Notices } from '../notices';
import { readKept } from './kept-document';
import { cleanFolder } from './shelf';

/** Loaded when it is first used: the archive code is of no use to most visits. */
const loadArchive = () => import('../../library/archive');

export interface ImportedLibrary {
  readonly documents: number;
  /** Already there with the same text. */
  readonly present: number;
  readonly runs: number;
  readonly files: number;
  readonly problems: readonly string[];
}

export async function exportLibrary(library: Library, catalogue: Catalogue): Promise<Blob> {
  const { writeArchive } = await loadArchive();
  const documents = [];
  for (const { id, folder } of await library.documents.list()) {
    const kept = await readKept(library, catalogue, id);
    if (!kept) continue;
    const points = [];
    for (const head of [...(await library.points.list(id))].reverse()) {
      const point = await library.points.open(head.id);
      if (point) points.push({ label: point.label, at: point.at, automatic: point.automatic, text: point.text });
    }
    documents.push({ id, folder, points, title: kept.document.title, text: serialisePipeline(kept.document) });
  }
  const files = [];
  for (const { name, type, hash } of await library.assets.list()) {
    const bytes = await library.assets.read(hash);
    if (bytes) files.push({ name, type, hash, bytes: bytes as Uint8Array<ArrayBuffer> });
  }
  const runs = await library.runs.list();
  const bytes = writeArchive({ documents, files, runs, pinned: [...(await library.runs.pinned())] });
  return new Blob([bytes], { type: 'application/zip' });
}

export async function importLibrary(library: Library, catalogue: Catalogue, file: Blob): Promise<ImportedLibrary> {
  const { readArchive } = await loadArchive();
  const archive = readArchive(new Uint8Array(await file.arrayBuffer()));
  const problems = [...archive.problems];
  const ids = new Map<string, string>();
  let documents = 0;
  let present = 0;
  for (const entry of archive.documents) {
    try {
      const here = entry.id === null ? null : await readKept(library, catalogue, entry.id).catch(() => null);
      if (entry.id !== null && here && serialisePipeline(here.document) === entry.text) {
        present++;
        continue;
      }
      const id = await addDocument(library, entry);
      if (entry.id !== null) ids.set(entry.id, id);
      documents++;
    } catch (thrown) {
      problems.push(`"${entry.path}" was left out: ${describeFailure(toFailure(thrown))}`);
    }
  }
  const files = await addFiles(library, archive, problems);
  const runs = await addRuns(library, archive, ids);
  return { documents, present, runs, files, problems };
}

async function addDocument(library: Library, { text, folder, points }: ArchivedDocument): Promise<string> {
  const { document } = parsePipeline(text);
  const id = crypto.randomUUID();
  await library.documents.save({ id, title: document.title, text: serialisePipeline(document) });
  const place = cleanFolder(folder);
  if (place !== '') await library.documents.move(id, place);
  for (const point of points) {
    // A point that cannot be read could never be gone back to.
    if (isReadable(point.text)) await library.points.add({ documentId: id, ...point });
  }
  return id;
}

function isReadable(text: string): boolean {
  try {
    parsePipeline(text);
    return true;
  } catch {
    return false;
  }
}

async function addFiles(library: Library, { files }: ReadArchive, problems: string[]): Promise<number> {
  const known = new Set((await library.assets.list()).map(({ hash }) => hash));
  let added = 0;
  for (const { name, type, hash, bytes } of files) {
    if (known.has(hash)) continue;
    const kept = await library.assets.put(Object.assign(new Blob([bytes], { type }), { name }));
    if (kept.hash === hash) added++;
    else {
      await library.assets.remove(kept.hash);
      problems.push(`The imported file "${name}" was left out: its bytes are not those that were archived.`);
    }
  }
  return added;
}

async function addRuns(
  library: Library,
  { runs, pinned }: ReadArchive,
  ids: ReadonlyMap<string, string>,
): Promise<number> {
  let added = 0;
  for (const run of runs) {
    if (await library.runs.open(run.id)) continue;
    await library.runs.add({ ...run, documentId: ids.get(run.documentId) ?? run.documentId });
    if (pinned.includes(run.id)) await library.runs.setPinned(run.id, true);
    added++;
  }
  return added;
}

/** "12 pipelines, 3 runs and 1 imported file were added; 2 pipelines were already here." */
export function describeImport({ documents, present, runs, files }: ImportedLibrary): string {
  const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
  const parts = [many(documents, 'pipeline'), many(runs, 'run'), many(files, 'imported file')];
  const added = `${parts[0]}, ${parts[1]} and ${parts[2]} were added`;
  return present === 0 ? `${added}.` : `${added}; ${many(present, 'pipeline')} were already here.`;
}

/** Asks nothing, tells everything. */
export async function importWithNotice(
  { library, catalogue, notices }: { library: Library; catalogue: Catalogue; notices: Notices },
  file: File,
): Promise<void> {
  try {
    const result = await importLibrary(library, catalogue, file);
    const { problems } = result;
    notices.show({
      level: problems.length > 0 ? 'warning' : 'good',
      title: `Read ${file.name}`,
      message: [describeImport(result), ...problems.slice(0, 5)].join(' '),
      sticky: problems.length > 0,
    });
  } catch (thrown) {
    notices.show({
      level: 'error',
      title: `${file.name} could not be read`,
      message: `${describeFailure(toFailure(thrown))} The library is unchanged.`,
    });
  }
}
