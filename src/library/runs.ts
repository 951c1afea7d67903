/** Records of runs: written once, never changed. Which of them are pinned is kept beside them, among the settings. */
import { CacheError } from '../core/errors';
import type { Library } from './library';
import type { Tables, Transaction } from './tables';

const pinTable = 'pinned-run';
const pins = async (transaction: Transaction): Promise<string[]> =>
  (await transaction.list('settings', pinTable)).filter((value) => typeof value === 'string');

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
    pinned: () => tables.read(['settings'], async (transaction) => new Set(await pins(transaction))),
    async setPinned(id, pinned) {
      await tables.write(['settings'], async (transaction) => {
        if (pinned) await transaction.put('settings', [pinTable, id], id);
        else await transaction.delete('settings', [pinTable, id]);
      });
    },
    remove: (id) =>
      tables.write(['runs', 'runKeys', 'settings'], async (transaction) => {
        if ((await transaction.get('settings', [pinTable, id])) !== undefined) {
          throw new CacheError({
            code: 'library.run-pinned',
            message: 'A pinned run is not deleted.',
            cure: 'Unpin it first.',
          });
        }
        const key = await transaction.get('runKeys', [id]);
        if (key) await transaction.delete('runs', key);
        await transaction.delete('runKeys', [id]);
      }),
  };
}
