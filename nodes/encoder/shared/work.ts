/**
 * What the encoder has to simulate: its items (every trial one) and the runs that make each up. A run is one simulation:
 * run = trial * channels + channel, so that the first trial of an item has the noise that it has without trials.
 */
import { DataError } from '../../../src/core/errors';
import type { Drive } from '../../../src/kernels/balanced-snn/drive';
import type { DriveSchedule } from '../../../src/kernels/balanced-snn/drive-schedule';
import type { EncodeItem } from '../../../src/kernels/balanced-snn/task';
import { type ItemTable, repeatItems } from '../../../src/kit/item-table';
import type { ImagesValue, SeriesValue } from '../../../src/kit/values';

export interface Work {
  /** Trials as items, with the drive `eta` of each where all neurons share one. */
  readonly items: ItemTable;
  /** Runs that make up one item. */
  readonly channels: number;
  /** The runs of item `index`. */
  readonly runsOf: (index: number) => EncodeItem[];
}

/** One item without a wire: the network under its constant drive. */
const lone: ItemTable = { ids: Int32Array.of(0), split: Uint8Array.of(0), columns: {} };

export interface WorkOptions {
  readonly externalDrive: number;
  readonly trials: number;
  /** Stimuli whose first trial is recorded. */
  readonly recordItems: number;
}

function withEta(items: ItemTable, eta: Float64Array): ItemTable {
  return { ...items, columns: { ...items.columns, eta } };
}

function ofImages(images: ImagesValue, { trials, recordItems }: WorkOptions): Work {
  const [, height = 0, width = 0, channels = 1] = images.shape;
  const size = height * width * channels;
  return {
    items: repeatItems(images.items, trials),
    channels,
    runsOf(index) {
      const source = Math.floor(index / trials);
      const trial = index % trials;
      const pixels = images.data.slice(source * size, (source + 1) * size);
      return Array.from({ length: channels }, (_, channel) => ({
        itemId: images.items.ids[source] as number,
        run: trial * channels + channel,
        channel,
        pixels,
        record: trial === 0 && channel === 0 && source < recordItems,
      }));
    },
  };
}

function ofDrives(
  items: ItemTable,
  driveOf: (source: number) => Drive | DriveSchedule,
  { trials, recordItems }: WorkOptions,
): Work {
  return {
    items: repeatItems(items, trials),
    channels: 1,
    runsOf(index) {
      const source = Math.floor(index / trials);
      const trial = index % trials;
      const record = trial === 0 && source < recordItems;
      return [{ itemId: items.ids[source] as number, run: trial, drive: driveOf(source), record }];
    },
  };
}

/** Throws DataError for a series that is no drive. */
export function workOf(drive: ImagesValue | SeriesValue | undefined, options: WorkOptions): Work {
  const { externalDrive } = options;
  if (!drive) {
    return ofDrives(withEta(lone, Float64Array.of(externalDrive)), () => ({ eta: externalDrive }), options);
  }
  if (drive.kind === 'images') return ofImages(drive, options);
  const { items, curves } = drive;
  if (!items || items.ids.length !== curves.length || drive.xUnit !== 'ms') {
    throw new DataError({
      code: 'encoder.no-drive',
      message: 'This series is no drive: it needs one curve over ms for each item.',
      port: 'drive',
      found: `${curves.length} curves over ${drive.xLabel} (${drive.xUnit})${items ? ` for ${items.ids.length} items` : ''}`,
      cure: 'Wire a drive source.',
    });
  }
  const level = items.columns['level'];
  const eta = Float64Array.from(items.ids, (_, k) => (level?.[k] ?? Number.NaN) * externalDrive);
  return ofDrives(
    withEta(items, eta),
    (source) => {
      const { x, y } = curves[source] as (typeof curves)[number];
      const level = y[0];
      if (level !== undefined && y.every((value) => value === level)) return { eta: level * externalDrive };
      return { x, y: y.map((value) => value * externalDrive) };
    },
    options,
  );
}
