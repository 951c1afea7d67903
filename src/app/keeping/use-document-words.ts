/** Reads the documents of the library once somebody searches it, one after the other, and again those that were changed. */
import { useEffect, useRef, useState } from 'react';
import { useSession } from '../../editor/hooks';
import { documentWords } from '../../editor/keeping/folders';
import type { DocumentHead } from '../../library/library';

interface Known {
  readonly updated: number;
  readonly words: readonly string[];
}

export interface DocumentWords {
  /** Nothing yet for a document that was not read. */
  of(id: string): readonly string[];
  readonly reading: boolean;
}

export function useDocumentWords(heads: readonly DocumentHead[] | null, wanted: boolean): DocumentWords {
  const { keeping, catalogue } = useSession();
  const { shelf } = keeping;
  const known = useRef(new Map<string, Known>());
  const [reading, setReading] = useState(false);
  useEffect(() => {
    if (!wanted || heads === null) return;
    let current = true;
    const read = async () => {
      for (const { id, updated } of heads) {
        if (known.current.get(id)?.updated === updated) continue;
        const document = await shelf.read(id);
        if (!current) return;
        known.current.set(id, { updated, words: document ? documentWords(document, catalogue) : [] });
      }
      setReading(false);
    };
    setReading(true);
    void read();
    return () => {
      current = false;
    };
  }, [shelf, catalogue, heads, wanted]);
  return { of: (id) => known.current.get(id)?.words ?? [], reading };
}
