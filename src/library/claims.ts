/**
 * One tab per document, by Web Locks: the browser frees a lock when its tab ends, however it ends. A short wait covers a
 * reload, whose new page may ask before the old one is quite gone.
 */
import type { Library } from './library';

type Locks = Pick<LockManager, 'request'>;
export type Claims = Pick<Library, 'claim' | 'claimLater' | 'release'> & { releaseAll(): void };

const WAIT_MS = 600;

/** Without Web Locks (an insecure address) every tab is an owner. */
export function createClaims(locks: Locks | undefined = globalThis.navigator?.locks, wait = WAIT_MS): Claims {
  /** What ends each lock we hold; resolves when the browser has it back. */
  const held = new Map<string, () => Promise<void>>();
  /** Claims and releases of one document take their turns. */
  const turns = new Map<string, Promise<unknown>>();
  function inTurn<T>(id: string, task: () => Promise<T>): Promise<T> {
    const result = (turns.get(id) ?? Promise.resolve()).then(task);
    turns.set(id, result);
    return result;
  }

  const request = (id: string, manager: Locks, signal: AbortSignal): Promise<'owner' | 'taken'> =>
    new Promise((resolve) => {
      const hold = () =>
        new Promise<void>((free) => {
          held.set(id, () => {
            free();
            return over;
          });
          resolve('owner');
        });
      const name = `spikeloom-document-${id}`;
      const over = manager.request(name, { signal }, hold).catch(() => resolve('taken'));
    });

  async function free(id: string): Promise<void> {
    const end = held.get(id);
    held.delete(id);
    await end?.();
  }

  return {
    async claim(id) {
      if (!locks) return 'owner';
      return inTurn(id, async () => (held.has(id) ? 'owner' : request(id, locks, AbortSignal.timeout(wait))));
    },
    async claimLater(id, signal) {
      if (!locks || held.has(id)) return true;
      // Not in turn: it may wait for ever, and nothing else is asked of a document that another tab has.
      return (await request(id, locks, signal)) === 'owner';
    },
    release: (id) => void inTurn(id, () => free(id)),
    releaseAll() {
      for (const end of held.values()) void end();
      held.clear();
    },
  };
}
