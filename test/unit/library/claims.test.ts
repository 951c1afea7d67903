import { describe, expect, it } from 'vitest';
import { createClaims } from '../../../src/library/claims';

/** Exclusive locks as the Web Locks API grants them, in order of request; Node 20 has none of its own. */
function createLocks() {
  const tails = new Map<string, Promise<unknown>>();
  const request = (name: string, { signal }: { signal: AbortSignal }, task: () => Promise<void>) => {
    const before = tails.get(name) ?? Promise.resolve();
    const granted = new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      void before.then(() => resolve());
    });
    const over = granted.then(task);
    const settled = over.catch(() => {});
    // Whoever waits behind an aborted request still waits for the holder before it.
    tails.set(name, Promise.all([before, settled]));
    return over;
  };
  return { request } as unknown as LockManager;
}

describe('claims', () => {
  it('gives a document to one tab until it is released', async () => {
    const locks = createLocks();
    const [a, b] = [createClaims(locks, 30), createClaims(locks, 30)];
    expect(await a.claim('one')).toBe('owner');
    expect(await a.claim('one')).toBe('owner');
    expect(await b.claim('one')).toBe('taken');
    expect(await b.claim('two')).toBe('owner');
    a.release('one');
    expect(await b.claim('one')).toBe('owner');
    expect(await a.claim('one')).toBe('taken');
    b.releaseAll();
    expect(await a.claim('two')).toBe('owner');
  });

  it('takes claims and releases in their order', async () => {
    const claims = createClaims(createLocks(), 30);
    const first = claims.claim('one');
    claims.release('one');
    const second = claims.claim('one');
    const third = claims.claim('one');
    claims.release('never claimed');
    expect(await Promise.all([first, second, third])).toEqual(['owner', 'owner', 'owner']);
  });

  it('waits for a page that is just going', async () => {
    const locks = createLocks();
    const [old, reloaded] = [createClaims(locks), createClaims(locks)];
    await old.claim('one');
    setTimeout(() => old.releaseAll(), 50);
    expect(await reloaded.claim('one')).toBe('owner');
  });

  it('gives a document to the tab that waits, once the other lets go', async () => {
    const locks = createLocks();
    const [first, second] = [createClaims(locks, 30), createClaims(locks, 30)];
    await first.claim('one');
    expect(await second.claim('one')).toBe('taken');
    let granted = false;
    const later = second.claimLater('one', new AbortController().signal).then((answer) => (granted = answer));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(granted).toBe(false);
    first.releaseAll();
    expect(await later).toBe(true);
    expect(await first.claim('one')).toBe('taken');
  });

  it('stops waiting when it is told to, and then does not take the document', async () => {
    const locks = createLocks();
    const [first, second] = [createClaims(locks, 30), createClaims(locks, 30)];
    await first.claim('one');
    const stop = new AbortController();
    const later = second.claimLater('one', stop.signal);
    stop.abort();
    expect(await later).toBe(false);
    first.release('one');
    expect(await first.claim('one')).toBe('owner');
  });

  it('owns everything where there are no locks', async () => {
    expect(await createClaims(undefined).claim('one')).toBe('owner');
  });
});
