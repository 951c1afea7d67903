/** Results that are pictures of their own, such as figures, beside each other. */

import { useEffect } from 'react';
import { usePreviews, useSession } from '../../editor/hooks';
import { previewId } from '../../editor/preview-store';
import { useColourScheme } from '../../panels/colour-scheme';
import { Letter } from '../../panels/Letter';
import { PreviewView } from '../../panels/PreviewView';
import classes from './Compare.module.css';
import type { ComparedResult } from './use-results';

export const SideBySide = ({ results }: { readonly results: readonly ComparedResult[] }) => (
  <div className={classes.beside}>
    {results.map((result) => (
      <One key={result.entry.id} result={result} />
    ))}
  </div>
);

function One({ result }: { readonly result: ComparedResult }) {
  const scheme = useColourScheme();
  const { previews } = useSession();
  const { key, port, value, entry, place } = result;
  const request = key === null || value?.kind === 'figure' ? null : { key, port };
  const found = usePreviews((state) => (request ? state.entries.get(previewId(request)) : undefined));
  const asked = found !== undefined;
  useEffect(() => {
    if (key !== null && value?.kind !== 'figure' && !asked) previews.want({ key, port });
  }, [previews, key, value, port, asked]);
  const preview = value?.kind === 'figure' ? value : found?.state === 'ready' ? found.preview : null;
  return (
    <section aria-label={entry.label}>
      <h4>
        <Letter place={place} />
        {entry.label}
      </h4>
      <PreviewView preview={preview} size="panel" scheme={scheme} state={preview ? 'ready' : 'loading'} />
    </section>
  );
}
