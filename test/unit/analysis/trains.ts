/** Hand-made and seeded spike trains with known statistics: one item's events in step order. */

export interface Train {
  readonly units: number[];
  readonly steps: number[];
}

/** Merges one list of steps per unit. */
export function eventsOf(trains: readonly (readonly number[])[]): Train {
  const events = trains.flatMap((steps, unit) => steps.map((step) => ({ unit, step })));
  events.sort((a, b) => a.step - b.step || a.unit - b.unit);
  return { units: events.map(({ unit }) => unit), steps: events.map(({ step }) => step) };
}

/** mulberry32: a small generator, for tests alone. */
export function uniformOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Renewal trains with Erlang intervals of mean `mean` steps: order 1 is a Poisson process, CV 1 / sqrt(order). */
export function erlangTrains(count: number, mean: number, stepCount: number, order: number, seed: number): number[][] {
  const uniform = uniformOf(seed);
  return Array.from({ length: count }, () => {
    const steps: number[] = [];
    // The start lies before 0, so that the train is stationary.
    for (let t = -20 * mean * uniform(); ; ) {
      for (let k = 0; k < order; k++) t -= (Math.log(1 - uniform()) * mean) / order;
      if (t >= stepCount) return steps;
      if (t >= 0) steps.push(Math.floor(t));
    }
  });
}

export const clock = (period: number, stepCount: number, offset = 0): number[] =>
  Array.from({ length: Math.ceil((stepCount - offset) / period) }, (_, k) => offset + k * period);
