/** What keeping needs of the page itself: its address and clipboard, and whether prepared data sets are there. */

import { cifar10, mnist } from '../../data/prepared-sets';
import type { PipelineDocument } from '../../document/schema';
import type { MissingSet } from '../../editor/keeping/import-report';
import type { Address } from '../../editor/keeping/sharing';

export const pageAddress: Address = {
  hash: () => location.hash,
  base: () => location.origin + location.pathname + location.search,
  state: () => history.state,
  replace: (state, address) => history.replaceState(state, '', address),
  copy: (text) => navigator.clipboard.writeText(text),
};

const sets = { mnist, cifar10 };
type SetName = keyof typeof sets;

async function isThere(folder: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL(`data/${folder}/manifest.json`, document.baseURI), { method: 'HEAD' });
    // A server that answers everything with the page has no data set there.
    return answer.ok && !(answer.headers.get('content-type') ?? '').includes('html');
  } catch {
    // Without an answer nothing is known; the run would say it.
    return true;
  }
}

/** Sets that the pipeline's image sources use and that this server does not have. */
export async function findMissingSets({ nodes }: PipelineDocument): Promise<readonly MissingSet[]> {
  const wanted = nodes.flatMap(({ id, type, params }) => {
    const name = params['dataset'] ?? 'mnist';
    return type === 'source.images' && typeof name === 'string' && Object.hasOwn(sets, name)
      ? [{ node: id, set: sets[name as SetName] }]
      : [];
  });
  const missing = await Promise.all(wanted.map(async ({ set }) => !(await isThere(set.folder))));
  return wanted
    .filter((_, index) => missing[index])
    .map(({ node, set }) => ({
      node,
      title: set.title,
      cure: `Run "npm run datasets${set.folder === 'mnist' ? '' : ` -- ${set.folder}`}" in the project folder.`,
    }));
}
