/** Definitions leave the document with their last instance; undo brings both back. */
import type { PipelineDocument } from '../../document/schema';
import { definitionsOf, definitionsUsed, wholeDocument } from '../../document/subgraphs';
import { applyEdits, defsEdits, type Edit } from '../edits';

/** Definitions that had instances before the edits and have none after them leave with the last one. */
export function dropUnused(document: PipelineDocument, edits: readonly Edit[]): Edit[] {
  if (!document.defs || document.defs.length === 0) return [];
  const used = (of: PipelineDocument): ReadonlySet<string> => {
    const whole = wholeDocument(of);
    return definitionsUsed(definitionsOf(whole), whole.nodes);
  };
  const after = applyEdits(document, edits).document;
  const before = used(document);
  const still = used(after);
  const idOf = (entry: unknown): string => String((entry as { id?: unknown } | null)?.id);
  const kept = (after.defs ?? []).filter((entry) => !before.has(idOf(entry)) || still.has(idOf(entry)));
  return kept.length === (after.defs ?? []).length
    ? []
    : defsEdits(after, kept).map((edit) =>
        edit.slot === 'defs' && kept.length === 0 ? { ...edit, drop: true } : edit,
      );
}
