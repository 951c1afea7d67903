/**
 * The whole library as one ZIP file and back: pipelines as the files they are, in their folders; restore points, records
 * of runs and imported files beside them, listed in library.json. A ZIP of plain pipeline files is read as well. What
 * comes back is untrusted: sizes are limited before anything is unpacked, names in the archive are never used as paths,
 * and whatever cannot be read is named and left out.
 */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import { DataError } from '../core/errors';
import { z } from '../core/zod';
import type { RunRecord } from './library';
import { runSchema } from './run-schema';

const manifestName = 'library.json';
/** Larger texts are no pipelines; larger archives do not fit in a page. */
const limits = { text: 20_000_000, total: 1_000_000_000, entries: 20_000 };

const pointSchema = z.object({ label: z.string(), at: z.number(), automatic: z.boolean(), text: z.string() });
const documentSchema = z.object({
  id: z.string().min(1).max(200),
  folder: z.string().max(200),
  path: z.string(),
  points: z.array(pointSchema),
});
const fileSchema = z.object({ name: z.string(), type: z.string(), hash: z.string(), path: z.string() });
const manifestSchema = z.object({
  app: z.literal('spikeloom'),
  library: z.literal(1),
  documents: z.array(documentSchema),
  runs: z.array(runSchema),
  pinned: z.array(z.string()),
  files: z.array(fileSchema),
});

export interface ArchivedDocument {
  /** Null: a plain file, which never was in a library. */
  readonly id: string | null;
  readonly folder: string;
  /** The pipeline file. */
  readonly text: string;
  readonly points: readonly z.infer<typeof pointSchema>[];
  /** For messages. */
  readonly path: string;
}
export interface ArchivedFile {
  readonly name: string;
  readonly type: string;
  readonly hash: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
export interface Archive {
  readonly documents: readonly ArchivedDocument[];
  readonly runs: readonly RunRecord[];
  readonly pinned: readonly string[];
  readonly files: readonly ArchivedFile[];
}
export interface ReadArchive extends Archive {
  /** What was left out, a sentence each. */
  readonly problems: readonly string[];
}

/** A name that every file system takes; `taken` keeps them apart. */
function pathFor(folder: string, title: string, taken: Set<string>): string {
  const clean = (text: string) =>
    text
      .replace(/[\\:*?"<>|\p{Cc}]/gu, ' ')
      .replace(/^\.+/, '')
      .trim()
      .slice(0, 80);
  const parts = folder.split('/').map(clean).filter(Boolean);
  const base = clean(title.replaceAll('/', ' ')) || 'Untitled';
  for (let n = 1; ; n++) {
    const path = ['pipelines', ...parts, `${n === 1 ? base : `${base} ${n}`}.json`].join('/');
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}

export function writeArchive(
  archive: Omit<Archive, 'documents'> & {
    readonly documents: readonly (Omit<ArchivedDocument, 'path' | 'id'> & {
      readonly id: string;
      readonly title: string;
    })[];
  },
): Uint8Array<ArrayBuffer> {
  const taken = new Set<string>();
  const entries: Zippable = {};
  const documents = archive.documents.map(({ id, title, folder, text, points }) => {
    const path = pathFor(folder, title, taken);
    entries[path] = strToU8(text);
    return { id, folder, path, points };
  });
  const files = archive.files.map(({ name, type, hash, bytes }) => {
    const path = `files/${hash}`;
    // Pictures and arrays are mostly packed already.
    entries[path] = [bytes, { level: 0 }];
    return { name, type, hash, path };
  });
  const { runs, pinned } = archive;
  const manifest = { app: 'spikeloom', library: 1, documents, runs, pinned, files };
  entries[manifestName] = strToU8(`${JSON.stringify(manifest, null, 1)}\n`);
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}

export function readArchive(bytes: Uint8Array): ReadArchive {
  const entries = unpack(bytes);
  const listed = entries.get(manifestName);
  return listed ? withManifest(listed, entries) : plainFiles(entries);
}

function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  let total = 0;
  let count = 0;
  try {
    const entries = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false;
        total += originalSize;
        if (++count > limits.entries || total > limits.total) throw tooLarge();
        return !name.endsWith('.json') || originalSize <= limits.text * (name === manifestName ? 10 : 1);
      },
    });
    return new Map(Object.entries(entries));
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const details = {
      code: 'archive.unreadable',
      message: 'This is no ZIP archive, or it is damaged.',
      cure: 'Choose a file that "Export all" wrote, or a ZIP of pipeline files.',
    };
    throw new DataError(details, { cause });
  }
}

const tooLarge = (): DataError =>
  new DataError({
    code: 'archive.too-large',
    message: 'The archive would unpack to more than a gigabyte, or to more than 20,000 files.',
    cure: 'Unpack it and open the pipelines that you need.',
  });

function plainFiles(entries: ReadonlyMap<string, Uint8Array>): ReadArchive {
  const documents = [...entries]
    .filter(([path]) => path.toLowerCase().endsWith('.json'))
    .map(([path, text]) => ({
      id: null,
      folder: path
        .split('/')
        .slice(0, -1)
        .filter((part) => part !== '..' && part !== '.')
        .join('/'),
      text: strFromU8(text),
      points: [],
      path,
    }));
  const problems = documents.length === 0 ? ['The archive holds no pipeline file.'] : [];
  return { documents, runs: [], pinned: [], files: [], problems };
}

function withManifest(listed: Uint8Array, entries: ReadonlyMap<string, Uint8Array>): ReadArchive {
  const manifest = manifestSchema.safeParse(parsed(listed));
  if (!manifest.success) {
    throw new DataError({
      code: 'archive.manifest',
      message: `The list of contents, ${manifestName}, is not as it must be.`,
      ...(manifest.error.issues[0] ? { path: manifest.error.issues[0].path.join('.') } : {}),
      cure: `Remove ${manifestName} from the archive to read its pipelines alone.`,
    });
  }
  const problems: string[] = [];
  const found = <T extends { readonly path: string }>(list: readonly T[]) =>
    list.flatMap((entry) => {
      const bytes = entries.get(entry.path);
      if (!bytes) problems.push(`"${entry.path}" is listed but not in the archive.`);
      return bytes ? [{ entry, bytes }] : [];
    });
  const { documents, files, runs, pinned } = manifest.data;
  return {
    documents: found(documents).map(({ entry, bytes }) => ({ ...entry, text: strFromU8(bytes) })),
    files: found(files).map(({ entry: { name, type, hash }, bytes }) => ({ name, type, hash, bytes: bytes.slice() })),
    runs: runs as readonly RunRecord[],
    pinned,
    problems,
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    return null;
  }
}
