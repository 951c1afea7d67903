/** Section on the largest training set: what the decoder of the published comparison reaches when it is not starved. */
import { compare, summaryOf } from '../balanced-decoding/compare';
import { largest } from '../balanced-decoding/large';
import { seed } from '../balanced-decoding/seed-numbers';
import type { Sizes } from '../balanced-decoding/sizes';
import { outcome, sentence } from '../balanced-decoding/words';
import { fixed, range, table } from '../markdown';
import type { Results } from './collect';

export async function largestSection(
  { scores }: Results,
  sizes: Sizes,
): Promise<{ answer: string; text: string } | null> {
  const variants = largest(sizes, 1).flatMap(({ name, label }) => {
    const of = scores.get(name);
    return of ? [{ label, of }] : [];
  });
  const [alone, joint] = variants;
  if (!alone || !joint) return null;
  const published = seed.unet.balanced;
  const rows = variants.map(({ label, of }) => {
    const [psnr, ssim] = [summaryOf(of, 'psnr'), summaryOf(of, 'ssim')];
    return [
      label,
      String(of.size),
      fixed(psnr?.mean, 2),
      fixed(psnr?.median, 2),
      range(psnr, 2),
      fixed(ssim?.mean, 4),
      fixed(summaryOf(of, 'mse')?.mean, 4),
    ];
  });
  rows.push([
    'published, MLP + U-Net',
    '',
    fixed(published.psnr.mean, 2),
    fixed(published.psnr.median, 2),
    published.psnr.range.map((value) => fixed(value, 2)).join(' to '),
    fixed(published.ssim?.mean, 4),
    '-',
  ]);
  const difference = await compare(joint.of, alone.of);
  const [psnr, ssim] = [summaryOf(joint.of, 'psnr')?.mean, summaryOf(joint.of, 'ssim')?.mean];
  const gain = difference ? ` ${sentence(outcome(difference, 'MLP + U-Net', 'the MLP alone'))}` : '';
  return {
    answer: `With ${sizes.largest.train.toLocaleString('en-US')} training digits MLP + U-Net reaches ${fixed(psnr, 2)} dB and an SSIM of ${fixed(ssim, 3)} (published: ${fixed(published.psnr.mean, 2)} dB, ${fixed(published.ssim?.mean, 3)}).${gain}`,
    text: `## The decoder with many images

The balanced network, same drive as published, ${sizes.large.test.toLocaleString('en-US')} held-out digits. With one graph, intervals are over images alone.

${table(['decoder', 'graphs', 'PSNR mean, dB', 'median', 'range', 'SSIM mean', 'test loss'], rows)}`,
  };
}
