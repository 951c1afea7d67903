/**
 * The preview of an output to show now: the live one while its node runs, else the stored one, asked for when first seen.
 * A model that is not trained needs no run: its types tell more than its value.
 */
import { useEffect } from 'react';
import type { Preview } from '../kit/preview';
import { useNodeStatus, useOutputEnd, usePreviews, useSession } from './hooks';
import type { NodeStatus } from './node-status';
import { liveId, previewId } from './preview-store';
import { useModelOutlook } from './use-model-outlook';

export interface NodePreviewState {
  readonly preview: Preview | null;
  readonly state: 'ready' | 'loading' | 'live' | 'stale';
}

export function useNodePreview(
  shown: string,
  output: string,
  shownStatus: NodeStatus,
  item?: number,
): NodePreviewState {
  const { previews } = useSession();
  const end = useOutputEnd(shown, output);
  const { node, port } = end ?? { node: shown, port: output };
  const inner = useNodeStatus(node);
  const status = node === shown ? shownStatus : inner;
  const key = status.previewKey;
  const running = status.state === 'running';
  const live = usePreviews((state) => state.live.get(liveId(node, port)));
  const request = key === null ? null : { key, port, ...(item === undefined ? {} : { item }) };
  const entry = usePreviews((state) => (request ? state.entries.get(previewId(request)) : undefined));
  const asked = entry !== undefined;
  useEffect(() => {
    if (key !== null && !asked) previews.want({ key, port, ...(item === undefined ? {} : { item }) });
  }, [previews, key, port, item, asked]);

  const outlook = useModelOutlook(node, port);
  const stored = entry?.state === 'ready' ? entry.preview : null;
  if (outlook && !(stored?.kind === 'model' && stored.trained)) return { preview: outlook, state: 'ready' };

  if (live && running) return { preview: live.preview, state: 'live' };
  if (stored) return { preview: stored, state: status.previewStale ? 'stale' : 'ready' };
  // Between the last live picture and the stored one nothing flickers.
  if (live) return { preview: live.preview, state: status.previewStale ? 'stale' : 'ready' };
  return { preview: null, state: key !== null && entry?.state !== 'ready' ? 'loading' : 'ready' };
}
