/**
 * How many steps a submit gets. A browser takes the device away when one submit runs for some seconds, and a display drawn
 * by the same GPU stands still meanwhile; so slices start short and grow only as far as measured time allows.
 */

/** Aim of a slice, ms: two may be queued, and a run must stop within 250 ms. */
const aim = 80;
const firstSteps = 8;

export class Pace {
  private steps = firstSteps;

  constructor(
    private readonly most: number,
    private readonly fixedSteps?: number,
  ) {}

  /** Steps of the next slice. */
  next(left: number): number {
    return Math.min(this.fixedSteps ?? this.steps, this.most, left);
  }

  /** A slice of `steps` took `ms`. Grows at most twofold, shrinks at once. */
  learn(steps: number, ms: number): void {
    const possible = Math.floor((steps * aim) / Math.max(ms, 0.1));
    this.steps = Math.max(1, Math.min(possible, 2 * this.steps, this.most));
  }
}
