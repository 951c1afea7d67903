/**
 * A drive that changes in time, the same for all units: eta = y[k] from x[k] until x[k + 1], and y[0] before x[0]. A change
 * at x ms takes effect at step round(x / dt). Changes that fall on one step, or change nothing, leave no trace.
 */
import { ParameterError, ShapeMismatchError } from '../../core/errors';

export interface DriveSchedule {
  /** ms, in ascending order. */
  readonly x: Float64Array;
  /** eta. */
  readonly y: Float64Array;
}

function check({ x, y }: DriveSchedule): void {
  if (x.length !== y.length || x.length === 0) {
    throw new ShapeMismatchError({
      code: 'drive.schedule-length',
      message: `A drive has ${x.length} times and ${y.length} values.`,
      found: `${x.length} and ${y.length}`,
      expected: 'as many times as values, and at least one',
    });
  }
  for (let k = 0; k < x.length; k++) {
    const bad = [x[k], y[k]].find((value) => !Number.isFinite(value));
    if (bad === undefined && (k === 0 || (x[k] as number) >= (x[k - 1] as number))) continue;
    throw new ParameterError({
      code: bad === undefined ? 'drive.schedule-order' : 'drive.not-finite',
      message:
        bad === undefined
          ? `A drive goes back in time at its point ${k}: ${x[k - 1]} ms, then ${x[k]} ms.`
          : `A drive has ${bad} at its point ${k}.`,
      found: String(bad ?? x[k]),
      expected: bad === undefined ? 'times in ascending order' : 'finite numbers',
      cure: 'Check the input for missing values.',
    });
  }
}

/** A schedule as a run meets it. */
export class DrivePlan {
  /** Step of each change and eta from there; the first step is 0. */
  private readonly steps: number[] = [];
  private readonly etas: number[] = [];
  private at = 0;

  /** Throws ShapeMismatchError or ParameterError. */
  constructor(schedule: DriveSchedule, dt: number) {
    check(schedule);
    const { x, y } = schedule;
    for (let k = 0; k < x.length; k++) {
      const step = k === 0 ? 0 : Math.max(0, Math.round((x[k] as number) / dt));
      const eta = y[k] as number;
      if (this.steps.at(-1) === step) {
        this.steps.pop();
        this.etas.pop();
      }
      if (this.etas.at(-1) === eta) continue;
      this.steps.push(step);
      this.etas.push(eta);
    }
  }

  get first(): number {
    return this.etas[0] as number;
  }

  /** The step of the next change; Infinity after the last. */
  get nextChange(): number {
    return this.steps[this.at + 1] ?? Number.POSITIVE_INFINITY;
  }

  /** Goes on to the next change and returns its eta. */
  take(): number {
    return this.etas[++this.at] as number;
  }
}
