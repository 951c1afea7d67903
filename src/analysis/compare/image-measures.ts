/**
 * Images by item: how close they are to a reference (PSNR, MSE, and SSIM if it is handed in, since its definition is a
 * node's), else brightness and contrast. Joined to the reference by item id.
 */
import { joinItems } from '../../kit/item-table';
import type { ImagesValue } from '../../kit/values';
import type { Rest } from '../symmetric';
import type { Measure } from './measure';

/** SSIM of the images of `size` numbers that begin at two places. */
export type Similarity = (x: ArrayLike<number>, atX: number, y: ArrayLike<number>, atY: number) => number;

export const imageSize = ({ shape }: ImagesValue): number => shape.slice(1).reduce((all, n) => all * n, 1);

/** Whether the reference has what it takes: the same size, and every item of the images. */
export function canRefer(images: ImagesValue, reference: ImagesValue): boolean {
  if (images.shape.slice(1).join() !== reference.shape.slice(1).join()) return false;
  return joinItems(images.items, reference.items).a.length === images.items.ids.length;
}

export async function imageMeasures(
  images: ImagesValue,
  reference: ImagesValue | null,
  similarity: Similarity | null,
  rest: Rest,
): Promise<Measure[]> {
  const count = images.items.ids.length;
  const size = imageSize(images);
  const common = { keys: images.items.ids, of: 'images', sampled: true };
  const mean = new Float64Array(count);
  const contrast = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let [sum, squares] = [0, 0];
    for (let p = k * size; p < (k + 1) * size; p++) sum += images.data[p] as number;
    mean[k] = sum / size;
    for (let p = k * size; p < (k + 1) * size; p++) squares += ((images.data[p] as number) - (mean[k] as number)) ** 2;
    contrast[k] = Math.sqrt(squares / size);
    await rest();
  }
  const plain: Measure[] = [
    { ...common, name: 'brightness', label: 'Mean intensity', unit: '1', better: null, values: mean },
    { ...common, name: 'contrast', label: 'Contrast (SD)', unit: '1', better: null, values: contrast },
  ];
  if (!reference || !canRefer(images, reference)) return plain;
  const scores = { psnr: new Float64Array(count), ssim: new Float64Array(count), mse: new Float64Array(count) };
  const pairs = joinItems(images.items, reference.items);
  for (let k = 0; k < pairs.a.length; k++) {
    const [atX, atY] = [(pairs.a[k] as number) * size, (pairs.b[k] as number) * size];
    const item = pairs.a[k] as number;
    let squares = 0;
    for (let p = 0; p < size; p++)
      squares += ((images.data[atX + p] as number) - (reference.data[atY + p] as number)) ** 2;
    const mse = squares / size;
    scores.mse[item] = mse;
    scores.psnr[item] = mse === 0 ? Number.POSITIVE_INFINITY : -10 * Math.log10(mse);
    if (similarity) scores.ssim[item] = similarity(images.data, atX, reference.data, atY);
    await rest();
  }
  const ssim: Measure = { ...common, name: 'ssim', label: 'SSIM', unit: '1', better: 'higher', values: scores.ssim };
  return [
    { ...common, name: 'psnr', label: 'PSNR', unit: 'dB', better: 'higher', values: scores.psnr },
    ...(similarity ? [ssim] : []),
    { ...common, name: 'mse', label: 'MSE', unit: '1', better: 'lower', values: scores.mse },
    ...plain,
  ];
}
