/** What is kept of a run: scores of every image, rates, and the measures of information. Plain data, for records. */

import type { FeaturesValue, ImagesValue, PortValue, TableValue } from '../../../kit/values';
import type { Response } from '../match-drive';
import type { ReadOutput } from '../session';
import { latticePixels } from './lattice';

export interface Scores {
  readonly items: readonly number[];
  readonly psnr: readonly number[];
  readonly ssim: readonly number[];
  readonly mse: readonly number[];
  /** Of the mean training image. */
  readonly baseline: { readonly psnr: number; readonly ssim: number };
  /** Mean over units and items, Hz; null without spikes. */
  readonly rate: number | null;
}

/** Rows of metric.information by measure. */
export type Information = Readonly<
  Record<string, { readonly value: number | null; readonly perSpike: number | null; readonly perEvent: number | null }>
>;

function expect<K extends PortValue['kind']>(value: PortValue, kind: K): Extract<PortValue, { kind: K }> {
  if (value.kind !== kind) throw new Error(`Expected ${kind}, got ${value.kind}.`);
  return value as Extract<PortValue, { kind: K }>;
}

const column = ({ rows }: TableValue, name: string): number[] => rows.map((row) => Number(row[name]));

export async function scoresOf(read: ReadOutput, branch: string, spikes: boolean): Promise<Scores> {
  const items = expect(await read(`quality-${branch}`, 'items'), 'table');
  const summary = expect(await read(`quality-${branch}`, 'summary'), 'table');
  const baseline = (metric: string) => Number(summary.rows.find((row) => row['metric'] === metric)?.['baseline']);
  return {
    items: column(items, 'item'),
    psnr: column(items, 'psnr'),
    ssim: column(items, 'ssim'),
    mse: column(items, 'mse'),
    baseline: { psnr: baseline('psnr'), ssim: baseline('ssim') },
    rate: spikes ? meanOfFeatures(expect(await read(`readout-${branch}`, 'features'), 'features')) : null,
  };
}

export async function informationOf(read: ReadOutput, branch: string): Promise<Information> {
  const { rows } = expect(await read(`information-${branch}`, 'table'), 'table');
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  return Object.fromEntries(
    rows.map((row) => [
      String(row['measure']),
      { value: number(row['value']), perSpike: number(row['per_spike']), perEvent: number(row['per_event']) },
    ]),
  );
}

export async function responseOf(read: ReadOutput): Promise<Response> {
  const features = expect(await read('readout-balanced', 'features'), 'features');
  const images = expect(await read('images', 'images'), 'images');
  return { rate: meanOfFeatures(features), range: rangeOf(features, images) };
}

function meanOfFeatures({ data }: FeaturesValue): number {
  let sum = 0;
  for (const value of data) sum += value;
  return sum / data.length;
}

/** A pixel is dark up to the first and bright from the second, as in metric.information. */
const dark = 0.25;
const bright = 0.75;

/** Mean rate of units whose pixel is bright less that of units whose pixel is dark, Hz. */
export function rangeOf({ shape, data }: FeaturesValue, images: ImagesValue): number {
  const [items = 0, units = 0] = shape;
  const [, height = 0, width = 0] = images.shape;
  const looksAt = latticePixels(units, height, width);
  const sums = { dark: 0, bright: 0 };
  const counts = { dark: 0, bright: 0 };
  for (let item = 0; item < items; item++) {
    for (let unit = 0; unit < units; unit++) {
      const pixel = images.data[item * height * width + (looksAt[unit] as number)] as number;
      const group = pixel <= dark ? 'dark' : pixel >= bright ? 'bright' : null;
      if (!group) continue;
      sums[group] += data[item * units + unit] as number;
      counts[group]++;
    }
  }
  return sums.bright / Math.max(1, counts.bright) - sums.dark / Math.max(1, counts.dark);
}
