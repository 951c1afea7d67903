/** What is known of an untrained model on an output, the same object until it changes; null for other outputs. */
import { useMemo } from 'react';
import { modelOutlook } from '../graph/model-outlook';
import type { ModelPreview } from '../kit/preview';
import { useDocument, useSession } from './hooks';

export function useModelOutlook(node: string, port: string): ModelPreview | null {
  const { catalogue } = useSession();
  // A string, so that the selector's answer compares by value.
  const text = useDocument(({ document }) => {
    const outlook = modelOutlook(document, catalogue, node, port);
    return outlook && JSON.stringify(outlook);
  });
  return useMemo(() => (text === null ? null : (JSON.parse(text) as ModelPreview)), [text]);
}
