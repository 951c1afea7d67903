/** Items in groups that belong together (the trials of one stimulus): drawn together by a bootstrap. */
import { type BootstrapOptions, bootstrapInterval, type Interval } from './bootstrap';

/** Positions of each group, in order of appearance. */
export function groupPositions(groups: ArrayLike<number>): Int32Array[] {
  const found = new Map<number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const known = found.get(groups[i] as number);
    if (known) known.push(i);
    else found.set(groups[i] as number, [i]);
  }
  return [...found.values()].map((positions) => Int32Array.from(positions));
}

/** 95 % interval of a statistic of positions, with whole groups drawn with replacement. */
export function groupInterval(
  estimate: number,
  groups: readonly Int32Array[],
  statistic: (positions: Int32Array) => number,
  options: BootstrapOptions,
): Promise<Interval | null> {
  return bootstrapInterval(
    estimate,
    (draw) => {
      const drawn = draw(groups.length);
      let total = 0;
      for (const group of drawn) total += (groups[group] as Int32Array).length;
      const positions = new Int32Array(total);
      let at = 0;
      for (const group of drawn) {
        positions.set(groups[group] as Int32Array, at);
        at += (groups[group] as Int32Array).length;
      }
      return statistic(positions);
    },
    options,
  );
}

/**
 * What is held out together. Trials of one stimulus, unless every class is a single stimulus: then its trials are what
 * can be told apart, and each is a group of its own. `classes` may be null.
 */
export function foldGroups(stimuli: ArrayLike<number>, classes: ArrayLike<number> | null): Int32Array {
  const alone = Int32Array.from({ length: stimuli.length }, (_, i) => i);
  if (!classes) return Int32Array.from(stimuli);
  const stimulusOf = new Map<number, number>();
  for (let i = 0; i < stimuli.length; i++) {
    const known = stimulusOf.get(classes[i] as number);
    if (known !== undefined && known !== stimuli[i]) return Int32Array.from(stimuli);
    stimulusOf.set(classes[i] as number, stimuli[i] as number);
  }
  return alone;
}
