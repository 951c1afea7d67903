/** What keeping needs of the page itself: its address and clipboard, and whether prepared data sets are there. */

import { prepareCommand } from '../../data/asset-errors';
import { readEmbedded } from '../../data/embed/embedded';
import { cifar10, mnist } from '../../data/prepared-sets';
import type { PipelineDocument } from '../../document/schema';
import { fileNameFor } from '../../editor/file-io';
import type { MissingSet } from '../../editor/keeping/import-report';
import type { PictureContents } from '../../editor/keeping/incoming';
import type { PictureSaver } from '../../editor/keeping/keeping';
import type { Address } from '../../editor/keeping/sharing';
import { isServed } from '../datasets/server';
import { savePicture as savePictureFile } from '../dialogs/save-figure';
import { canvasPicture } from './canvas-picture';
import { lastRunOf } from './origin';

export const pageAddress: Address = {
  hash: () => location.hash,
  base: () => location.origin + location.pathname + location.search,
  state: () => history.state,
  replace: (state, address) => history.replaceState(state, '', address),
  copy: (text) => navigator.clipboard.writeText(text),
};

const sets = { mnist, cifar10 };
type SetName = keyof typeof sets;

/** Sets that the pipeline's image sources use and that this server does not have. */
export async function findMissingSets({ nodes }: PipelineDocument): Promise<readonly MissingSet[]> {
  const wanted = nodes.flatMap(({ id, type, params }) => {
    const name = params['dataset'] ?? 'mnist';
    return type === 'source.images' && typeof name === 'string' && Object.hasOwn(sets, name)
      ? [{ node: id, set: sets[name as SetName] }]
      : [];
  });
  const missing = await Promise.all(wanted.map(async ({ set }) => !(await isServed(set.folder))));
  return wanted
    .filter((_, index) => missing[index])
    .map(({ node, set }) => ({
      node,
      title: set.title,
      cure: `Get the data at its node, or run "${prepareCommand(set.folder)}" in the project folder.`,
    }));
}

/** Larger files are no pictures of pipelines. */
const pictureLimit = 200_000_000;

export async function readPicture(file: File): Promise<PictureContents | null> {
  if (file.size > pictureLimit) return null;
  return readEmbedded(new Uint8Array(await file.arrayBuffer()));
}

export const savePicture: PictureSaver = async ({ document: documents, library, catalogue }, format) => {
  const { root: pipeline } = documents.store.getState();
  const name = fileNameFor(pipeline.title).replace(/\.json$/, '');
  const embedded = await lastRunOf({ document: documents, library });
  await savePictureFile(canvasPicture(pipeline, catalogue), name, format, embedded);
  return `${name}.${format}`;
};
