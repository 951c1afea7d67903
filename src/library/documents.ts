/**
 * Documents with their command log, restore points and run records. The log makes every command safe at once; a snapshot
 * makes recovery short. Snapshot and mark are one transaction, so recovery sees both or neither.
 */
import { CacheError } from '../core/errors';
import type { DocumentHead, Library, RestorePointHead } from './library';
import type { StoredDocument, Tables } from './tables';
import { choosePointsToDrop } from './thin-points';

/** Log entries kept behind a snapshot, for undo after a reload. */
export const HISTORY_KEPT = 200;

const headOf = ({ id, title, created, updated }: StoredDocument): DocumentHead => ({ id, title, created, updated });

export function createDocuments(tables: Tables): Library['documents'] {
  return {
    list: () =>
      tables.read(['documents', 'log'], async (transaction) => {
        const heads: DocumentHead[] = [];
        for (const document of await transaction.list('documents')) {
          const last = await transaction.lastKey('log', document.id);
          const entry = last && (await transaction.get('log', last));
          heads.push({ ...headOf(document), updated: Math.max(document.updated, entry?.at ?? 0) });
        }
        return heads.sort((a, b) => b.updated - a.updated);
      }),
    open: (id) =>
      tables.read(['documents'], async (transaction) => {
        const document = await transaction.get('documents', [id]);
        return document ? { ...headOf(document), text: document.text } : null;
      }),
    save: ({ id, title, text }, through) =>
      tables.write(['documents', 'log'], async (transaction) => {
        const before = await transaction.get('documents', [id]);
        const last = ((await transaction.lastKey('log', id))?.[1] as number | undefined) ?? 0;
        const contained = Math.max(before?.through ?? 0, through ?? last);
        const now = Date.now();
        const document = { id, title, text, created: before?.created ?? now, updated: now, through: contained };
        await transaction.put('documents', [id], document);
        await transaction.deleteAll('log', id, contained - HISTORY_KEPT + 1);
        return headOf(document);
      }),
    remove: (id) =>
      tables.write(['documents', 'log', 'points', 'pointKeys'], async (transaction) => {
        for (const point of await transaction.list('points', id)) await transaction.delete('pointKeys', [point.id]);
        await transaction.deleteAll('points', id);
        await transaction.deleteAll('log', id);
        await transaction.delete('documents', [id]);
      }),
  };
}

export function createLog(tables: Tables): Library['log'] {
  return {
    append: (documentId, entry) =>
      tables.write(['documents', 'log'], async (transaction) => {
        const last = await transaction.lastKey('log', documentId);
        const through = last ? 0 : ((await transaction.get('documents', [documentId]))?.through ?? 0);
        const sequence = Math.max((last?.[1] as number | undefined) ?? 0, through) + 1;
        await transaction.put('log', [documentId, sequence], { sequence, at: Date.now(), entry });
        return sequence;
      }),
  };
}

export const createRecover =
  (tables: Tables): Library['recover'] =>
  (id) =>
    tables.read(['documents', 'log'], async (transaction) => {
      const document = await transaction.get('documents', [id]);
      if (!document) return null;
      const entries = await transaction.list('log', id);
      return {
        head: headOf(document),
        text: document.text,
        history: entries.filter(({ sequence }) => sequence <= document.through),
        pending: entries.filter(({ sequence }) => sequence > document.through),
      };
    });

export function createPoints(tables: Tables): Library['points'] {
  return {
    add: ({ documentId, label, text, automatic }) =>
      tables.write(['points', 'pointKeys'], async (transaction) => {
        const points = await transaction.list('points', documentId);
        const latest = points.at(-1);
        if (automatic && latest?.text === text) return withoutText(latest);
        // Points of one millisecond keep their order.
        const at = Math.max(Date.now(), (latest?.at ?? 0) + 1);
        const point = { id: crypto.randomUUID(), documentId, at, label, automatic, text };
        await transaction.put('points', [documentId, at, point.id], point);
        await transaction.put('pointKeys', [point.id], [documentId, at, point.id]);
        for (const old of choosePointsToDrop([...points, point], at)) {
          await transaction.delete('points', [documentId, old.at, old.id]);
          await transaction.delete('pointKeys', [old.id]);
        }
        return withoutText(point);
      }),
    list: (documentId) =>
      tables.read(['points'], async (transaction) =>
        (await transaction.list('points', documentId)).reverse().map(withoutText),
      ),
    open: (id) =>
      tables.read(['points', 'pointKeys'], async (transaction) => {
        const key = await transaction.get('pointKeys', [id]);
        return (key && (await transaction.get('points', key))) ?? null;
      }),
    remove: (id) =>
      tables.write(['points', 'pointKeys'], async (transaction) => {
        const key = await transaction.get('pointKeys', [id]);
        if (key) await transaction.delete('points', key);
        await transaction.delete('pointKeys', [id]);
      }),
  };
}

const withoutText = ({ id, documentId, at, label, automatic }: RestorePointHead): RestorePointHead => ({
  id,
  documentId,
  at,
  label,
  automatic,
});

export function createRuns(tables: Tables): Library['runs'] {
  return {
    add: (record) =>
      tables.write(['runs', 'runKeys'], async (transaction) => {
        if (await transaction.get('runKeys', [record.id])) {
          throw new CacheError({ code: 'library.run-exists', message: `The run ${record.id} is already recorded.` });
        }
        const key = [record.documentId, record.started, record.id];
        await transaction.put('runs', key, record);
        await transaction.put('runKeys', [record.id], key);
      }),
    list: (documentId, limit = Number.POSITIVE_INFINITY) =>
      tables.read(['runs'], async (transaction) => {
        const runs = await transaction.list('runs', documentId);
        return runs.sort((a, b) => b.started - a.started).slice(0, limit);
      }),
    open: (id) =>
      tables.read(['runs', 'runKeys'], async (transaction) => {
        const key = await transaction.get('runKeys', [id]);
        return (key && (await transaction.get('runs', key))) ?? null;
      }),
  };
}
