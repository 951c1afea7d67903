/** The tab says which pipeline is open and whether it runs. */
import { useEffect } from 'react';
import { useDocument, useIsRunning } from '../../editor/hooks';

export function usePageTitle(): void {
  const title = useDocument(({ document }) => document.title);
  const running = useIsRunning();
  useEffect(() => {
    document.title = `${running ? '▶ ' : ''}${title} · Spikeloom`;
  }, [title, running]);
}
