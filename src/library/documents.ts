/**
 * Documents with their command log, restore points and run records. The log makes every command safe at once; a snapshot
 * makes recovery short. Snapshot and mark are one transaction, so recovery sees both or neither.
 */
import type { DocumentHead, Library, RestorePointHead } from './library';
import type { StoredDocument, Tables } from './tables';
import { choosePointsToDrop } from './thin-points';

/** Log entries kept behind a snapshot, for undo after a reload. */
export const HISTORY_KEPT = 200;

let newest = 0;
/** Now; two writes within a millisecond still have an order. */
const stamp = (): number => {
  newest = Math.max(Date.now(), newest + 1);
  return newest;
};

const headOf = ({ id, title, created, updated, folder = '', discarded = null }: StoredDocument): DocumentHead => ({
  id,
  title,
  created,
  updated,
  folder,
  discarded,
});

/** A deleted document can be brought back this long. ms */
const KEPT_DISCARDED = 30 * 24 * 3600 * 1000;

export function createDocuments(tables: Tables): Library['documents'] {
  const heads = () =>
    tables.read(['documents', 'log'], async (transaction) => {
      const found: DocumentHead[] = [];
      for (const document of await transaction.list('documents')) {
        const last = await transaction.lastKey('log', document.id);
        const entry = last && (await transaction.get('log', last));
        found.push({ ...headOf(document), updated: Math.max(document.updated, entry?.at ?? 0) });
      }
      return found.sort((a, b) => b.updated - a.updated);
    });
  const change = (id: string, part: Partial<StoredDocument>): Promise<void> =>
    tables.write(['documents'], async (transaction) => {
      const document = await transaction.get('documents', [id]);
      if (document) await transaction.put('documents', [id], { ...document, ...part });
    });
  const remove = (id: string): Promise<void> =>
    tables.write(['documents', 'log', 'points', 'pointKeys'], async (transaction) => {
      for (const point of await transaction.list('points', id)) await transaction.delete('pointKeys', [point.id]);
      await transaction.deleteAll('points', id);
      await transaction.deleteAll('log', id);
      await transaction.delete('documents', [id]);
    });
  return {
    list: async () => (await heads()).filter(({ discarded }) => discarded === null),
    async listDiscarded() {
      const discarded = (await heads()).filter((head) => head.discarded !== null);
      const old = (head: DocumentHead): boolean => Date.now() - (head.discarded ?? 0) > KEPT_DISCARDED;
      for (const { id } of discarded.filter(old)) await remove(id);
      return discarded.filter((head) => !old(head));
    },
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
        const now = stamp();
        const { created = now, folder = '', discarded = null } = before ?? {};
        const document = { id, title, text, created, updated: now, through: contained, folder, discarded };
        await transaction.put('documents', [id], document);
        await transaction.deleteAll('log', id, contained - HISTORY_KEPT + 1);
        return headOf(document);
      }),
    move: (id, folder) => change(id, { folder }),
    discard: (id) => change(id, { discarded: Date.now() }),
    bringBack: (id) => change(id, { discarded: null }),
    remove,
  };
}

export function createLog(tables: Tables): Library['log'] {
  return {
    append: (documentId, entry) =>
      tables.write(['documents', 'log'], async (transaction) => {
        const last = await transaction.lastKey('log', documentId);
        const through = last ? 0 : ((await transaction.get('documents', [documentId]))?.through ?? 0);
        const sequence = Math.max((last?.[1] as number | undefined) ?? 0, through) + 1;
        await transaction.put('log', [documentId, sequence], { sequence, at: stamp(), entry });
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
    add: ({ documentId, label, text, automatic, at: made = Date.now() }) =>
      tables.write(['points', 'pointKeys'], async (transaction) => {
        const points = await transaction.list('points', documentId);
        const latest = points.at(-1);
        if (automatic && latest?.text === text) return withoutText(latest);
        // Points of one millisecond keep their order.
        const at = Math.max(made, (latest?.at ?? 0) + 1);
        const point = { id: crypto.randomUUID(), documentId, at, label, automatic, text };
        await transaction.put('points', [documentId, at, point.id], point);
        await transaction.put('pointKeys', [point.id], [documentId, at, point.id]);
        for (const old of choosePointsToDrop([...points, point], Math.max(at, Date.now()))) {
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
