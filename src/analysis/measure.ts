/** One measured quantity with its interval, or why there is none: a row of a table of measures. */
import type { Interval } from './bootstrap';

export interface Measure {
  /** Stable name. */
  readonly measure: string;
  readonly label: string;
  readonly unit: string;
  /** Null where it is not defined; `note` then says why. */
  readonly value: number | null;
  readonly interval: Interval | null;
  /** What features without information would give. */
  readonly chance: number | null;
  /** Items it was measured on. */
  readonly n: number;
  /** How many classes, units, pixels or components it is over, and which of these. */
  readonly over: number | null;
  readonly overWhat: string;
  /** Whether a value per spike makes sense: for information, not for d' or accuracy. */
  readonly perSpike: boolean;
  readonly note: string;
}

/** What a measure is, without its result. */
export type MeasureName = Pick<Measure, 'measure' | 'label' | 'unit' | 'overWhat' | 'perSpike'>;

export const undefinedMeasure = (name: MeasureName, n: number, note: string): Measure => ({
  ...name,
  value: null,
  interval: null,
  chance: null,
  n,
  over: null,
  note,
});

export const measured = (
  name: MeasureName,
  result: { readonly value: number; readonly interval: Interval | null; readonly n: number; readonly over: number } & {
    readonly chance?: number;
    readonly note?: string;
  },
): Measure =>
  Number.isFinite(result.value)
    ? { ...name, chance: null, note: '', ...result }
    : undefinedMeasure(name, result.n, 'Nothing varies, so the value is not defined.');
