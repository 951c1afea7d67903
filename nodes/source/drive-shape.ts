/**
 * The time course of a drive item: points (ms, value), each held until the next one, the first also before its time.
 * Only + - * / and the exact sine are used, so that a drive is the same bits everywhere.
 */
import { gridLevels } from '../../src/core/grid-levels';
import { sineOfTurn } from '../../src/core/random/elementary';
import { type Refusal, refuse } from '../../src/core/validity';

/** What the column `shape` holds. */
export const shapeCodes = { constant: 0, step: 1, ramp: 2, sine: 3 } as const;

export interface DriveParams {
  readonly shape: 'constant' | 'grid' | 'step' | 'ramp' | 'sine';
  readonly level: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly levelBefore: number;
  readonly levelAfter: number;
  readonly onset: number;
  readonly rampFrom: number;
  readonly rampTo: number;
  readonly rampStart: number;
  readonly rampEnd: number;
  readonly mean: number;
  readonly amplitude: number;
  readonly frequency: number;
  readonly duration: number;
  readonly sampling: number;
}

export interface DriveItem {
  /** ms. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The constant's level; the last level of a step or ramp; the mean of a sine. */
  readonly level: number;
  readonly shape: number;
}

const maxItems = 1000;
const maxPoints = 100_000;

const levelsOf = ({ from, to, step }: DriveParams): number[] => gridLevels(from, to, step);

export const itemCount = (p: DriveParams): number => (p.shape === 'grid' ? levelsOf(p).length : 1);

/** Times from `start` to `end`, `sampling` apart, the end included. */
function timesOf(start: number, end: number, sampling: number): number[] {
  const whole = Math.ceil((end - start) / sampling - 1e-9);
  return [...Array.from({ length: whole }, (_, k) => Number((start + k * sampling).toPrecision(12))), end];
}

export type DriveRefusal = Refusal & { readonly param: string };

/** Why there is no such drive; null when there is. */
export function refuseDrive(p: DriveParams): DriveRefusal | null {
  const no = (param: string, code: string, reason: string, cure: string): DriveRefusal => ({
    ...refuse(code, reason, cure),
    param,
  });
  switch (p.shape) {
    case 'grid': {
      if (p.to < p.from) {
        return no('to', 'drive.grid', `The grid ends (${p.to}) below its start (${p.from}).`, 'Raise the end.');
      }
      const count = levelsOf(p).length;
      if (count <= maxItems) return null;
      return no('step', 'drive.too-many', `The grid has ${count} levels, above ${maxItems}.`, 'Take wider steps.');
    }
    case 'ramp': {
      if (p.rampEnd <= p.rampStart) {
        const reason = `The ramp ends (${p.rampEnd} ms) no later than it starts (${p.rampStart} ms).`;
        return no('rampEnd', 'drive.ramp', reason, 'Let it end later.');
      }
      return tooFine(p, p.rampEnd - p.rampStart);
    }
    case 'sine': {
      if (p.amplitude > p.mean) {
        const reason = `The drive would fall to ${p.mean - p.amplitude}: an external rate cannot be negative.`;
        return no('amplitude', 'drive.negative', reason, 'Lower the amplitude to the mean, or raise the mean.');
      }
      if (p.frequency * p.sampling > 500) {
        const reason = `${p.frequency} Hz has fewer than two samples of ${p.sampling} ms a period.`;
        return no('sampling', 'drive.sampling', reason, 'Sample more often, or lower the frequency.');
      }
      return tooFine(p, p.duration);
    }
    default:
      return null;
  }
  function tooFine({ sampling }: DriveParams, length: number): DriveRefusal | null {
    const count = Math.ceil(length / sampling);
    if (count <= maxPoints) return null;
    return no('sampling', 'drive.too-fine', `The drive has ${count} points, above ${maxPoints}.`, 'Sample less often.');
  }
}

const item = (x: readonly number[], y: readonly number[], level: number, shape: number): DriveItem => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  level,
  shape,
});

export function driveItems(p: DriveParams): DriveItem[] {
  switch (p.shape) {
    case 'constant':
      return [item([0], [p.level], p.level, shapeCodes.constant)];
    case 'grid':
      return levelsOf(p).map((level) => item([0], [level], level, shapeCodes.constant));
    case 'step': {
      const [x, y] =
        p.onset > 0
          ? [
              [0, p.onset],
              [p.levelBefore, p.levelAfter],
            ]
          : [[0], [p.levelAfter]];
      return [item(x, y, p.levelAfter, shapeCodes.step)];
    }
    case 'ramp': {
      const x = timesOf(p.rampStart, p.rampEnd, p.sampling);
      const y = x.map((t) => p.rampFrom + ((p.rampTo - p.rampFrom) * (t - p.rampStart)) / (p.rampEnd - p.rampStart));
      return [item(x, y, p.rampTo, shapeCodes.ramp)];
    }
    case 'sine': {
      const x = timesOf(0, p.duration, p.sampling);
      const y = x.map((t) => {
        const turns = (p.frequency * t) / 1000;
        // Rounding must not carry a trough of 0 below it.
        return Math.max(0, p.mean + p.amplitude * sineOfTurn(turns - Math.floor(turns)));
      });
      return [item(x, y, p.mean, shapeCodes.sine)];
    }
  }
}
