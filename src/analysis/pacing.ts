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

/** The same without anyone to tell: for what runs outside a node, `every` so many ms. */
export function createRest(breathe: () => Promise<void>, every = 50): () => Promise<void> | undefined {
  let rested = performance.now();
  return () => {
    if (performance.now() - rested < every) return undefined;
    return breathe().then(() => {
      rested = performance.now();
    });
  };
}
