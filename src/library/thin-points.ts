/**
 * Which restore points go when there are too many: automatic ones that stand close to their neighbours for their age, so
 * that recent history stays dense and old history becomes sparse; when there are none, the oldest.
 */
import type { RestorePointHead } from './library';

const POINTS_KEPT = 50;

/** The points to delete, of `points` in order of time. The latest always stays, the first as long as it can. */
export function choosePointsToDrop<P extends Pick<RestorePointHead, 'at' | 'automatic'>>(
  points: readonly P[],
  now: number,
  kept = POINTS_KEPT,
): readonly P[] {
  const left = [...points];
  const dropped: P[] = [];
  while (left.length > kept) {
    let worst = 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let i = 1; i < left.length - 1; i++) {
      const point = left[i] as P;
      if (!point.automatic) continue;
      const gap = (left[i + 1] as P).at - (left[i - 1] as P).at;
      const density = gap / Math.max(1, now - point.at);
      if (density < lowest) [worst, lowest] = [i, density];
    }
    dropped.push(...left.splice(worst, 1));
  }
  return dropped;
}
