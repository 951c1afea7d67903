import { describe, expect, it, vi } from 'vitest';
import { contentKey } from '../../../src/core/ids';
import { createPreviewStore, liveId, previewId } from '../../../src/editor/preview-store';
import type { Preview } from '../../../src/kit/preview';

const table = (total: number): Preview => ({ kind: 'table', columns: [], rows: [], totalRows: total });
const request = { key: contentKey('k'), port: 'summary' };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the preview store', () => {
  it('asks once per key and port', async () => {
    const fetch = vi.fn(async () => table(1));
    const { store, want } = createPreviewStore(fetch);
    want(request);
    want(request);
    await settled();
    want(request);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(store.getState().entries.get(previewId(request))).toEqual({ state: 'ready', preview: table(1) });
  });

  it('asks again for what was missing once a result is made, and keeps what was there', async () => {
    const fetch = vi.fn(async (): Promise<Preview | null> => null);
    const previews = createPreviewStore(fetch);
    previews.want(request);
    await settled();
    previews.refresh(request.key);
    fetch.mockResolvedValue(table(2));
    previews.want(request);
    await settled();
    previews.refresh(request.key);
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(previews.store.getState().entries.get(previewId(request))).toEqual({ state: 'ready', preview: table(2) });
  });

  it('takes a worker that cannot answer for "none", without asking in circles', async () => {
    const fetch = vi.fn(async () => Promise.reject(new Error('gone')));
    const { store, want } = createPreviewStore(fetch);
    want(request);
    await settled();
    expect(store.getState().entries.get(previewId(request))).toEqual({ state: 'ready', preview: null });
    want(request);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('drops answers to questions from before it forgot', async () => {
    let answer: (preview: Preview) => void = () => undefined;
    const previews = createPreviewStore(() => new Promise((resolve) => (answer = resolve)));
    previews.want(request);
    previews.forget();
    answer(table(3));
    await settled();
    expect(previews.store.getState().entries.size).toBe(0);
  });

  it('keeps the latest live picture of each output', () => {
    const previews = createPreviewStore(async () => null);
    previews.showLive('a', 'loss', 2, table(2));
    previews.showLive('a', 'loss', 1, table(1));
    previews.showLive('b', 'loss', 1, table(9));
    expect(previews.store.getState().live.get(liveId('a', 'loss'))?.preview).toEqual(table(2));
    previews.dropLive('a');
    expect([...previews.store.getState().live.keys()]).toEqual(['b/loss']);
  });

  it('holds a limited number', async () => {
    const previews = createPreviewStore(async () => table(1));
    for (let n = 0; n < 300; n++) previews.want({ key: contentKey(`k${n}`), port: 'p' });
    await settled();
    const { entries } = previews.store.getState();
    expect(entries.size).toBe(192);
    expect(entries.has(previewId({ key: contentKey('k299'), port: 'p' }))).toBe(true);
  });
});
