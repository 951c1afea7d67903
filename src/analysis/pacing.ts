/** Long loops of an analysis let messages in every 50 ms and say how far they are; in between they cost nothing. */
import type { ComputeContext } from '../kit/context';

/** Returns a promise only when it is time to wait for it. */
export type Pace = (done: number, total: number, label: string) => Promise<void> | undefined;

export function createPace(context: Pick<ComputeContext, 'progress' | 'breathe'>): Pace {
  let rested = performance.now();
  return (done, total, label) => {
    if (performance.now() - rested < 50) return undefined;
    context.progress(done, total, label);
    return context.breathe().then(() => {
      rested = performance.now();
    });
  };
}
