/**
 * The frames and notes of a document. Entries that have another form (a newer version's, a hand's) are left where they
 * are and not shown; the others are the document's own objects, so that what nothing touches keeps its spelling.
 */
import type { z } from '../core/zod';
import { type DocumentFrame, type DocumentNote, frameSchema, noteSchema, type PipelineDocument } from './schema';

const seen = new WeakMap<object, readonly unknown[]>();
const none: readonly never[] = [];

function known<T>(entries: readonly unknown[] | undefined, schema: z.ZodType): readonly T[] {
  if (!entries) return none;
  const before = seen.get(entries);
  if (before) return before as readonly T[];
  const ids = new Set<unknown>();
  const found = entries.filter((entry) => {
    // A clone has no symbols, which the spelling of a file is kept under.
    const checked = schema.safeParse(structuredClone(entry));
    if (!checked.success) return false;
    const { id } = checked.data as { id: unknown };
    if (ids.has(id)) return false;
    ids.add(id);
    return true;
  });
  seen.set(entries, found);
  return found as readonly T[];
}

export const framesOf = (document: Pick<PipelineDocument, 'frames'>): readonly DocumentFrame[] =>
  known(document.frames, frameSchema);

export const notesOf = (document: Pick<PipelineDocument, 'notes'>): readonly DocumentNote[] =>
  known(document.notes, noteSchema);
