/**
 * How many steps a submit gets. A browser takes the device away when one submit runs for some seconds, and a display drawn
 * by the same GPU stands still meanwhile; so slices start short and grow only as far as measured time allows.
 */

/** Aim of a slice, ms: two may be queued, a run must stop within 250 ms, and a busy machine may take twice as long. */
const aim = 50;
/** Where a slice costs much before its first step, the aim rises with it, up to here, ms. */
const mostAim = 120;

export class Pace {
  /** The first slice has one step: it shows what a slice costs by itself. */
  private steps = 1;
  /** ms of the shortest slice so far: what a slice costs however few its steps. */
  private least = Number.POSITIVE_INFINITY;

  constructor(
    private readonly most: number,
    private readonly fixedSteps?: number,
  ) {}

  /** Steps of the next slice. */
  next(left: number): number {
    return Math.min(this.fixedSteps ?? this.steps, this.most, left);
  }

  /** A slice of `steps` took `ms`. Grows by one step at least and twofold at most; shrinks at once. */
  learn(steps: number, ms: number): void {
    this.least = Math.min(this.least, ms);
    const target = Math.min(mostAim, Math.max(aim, 2 * this.least));
    const possible = Math.floor(steps * Math.min(2, target / Math.max(ms, 0.1)));
    const wanted = ms < target ? Math.max(steps + 1, possible) : possible;
    this.steps = Math.max(1, Math.min(wanted, this.most));
  }
}
