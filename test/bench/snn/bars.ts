/**
 * How fast is fast enough: ratios within one run. Against a peer, its cost over ours must reach `must`; against the C++
 * yardstick, ours over its must stay below. `stretch` is what is aimed at.
 */

import type { WorkloadId } from './workloads';
import type { PeerId } from './yardsticks';

export interface Bar {
  readonly must: number;
  readonly stretch: number;
}

export const bars: Readonly<Record<WorkloadId, Partial<Readonly<Record<PeerId, Bar>>>>> = {
  cuba: {
    floor: { must: 2.5, stretch: 1.8 },
    'brian-cython': { must: 6, stretch: 12 },
    'brian-cpp': { must: 3, stretch: 5.5 },
  },
  coba: {
    floor: { must: 2.5, stretch: 1.8 },
    'brian-cython': { must: 6, stretch: 12 },
    'brian-cpp': { must: 3, stretch: 5.5 },
  },
  brunel: {
    floor: { must: 1.8, stretch: 1.35 },
    'brian-cython': { must: 6, stretch: 11 },
    'brian-cpp': { must: 6, stretch: 11 },
  },
  'brunel-f32': {
    floor: { must: 1.6, stretch: 1.25 },
    'brian-cpp': { must: 5, stretch: 9 },
  },
  encode: {
    floor: { must: 2.3, stretch: 1.8 },
    'torch-dense': { must: 15, stretch: 30 },
    'brian-cpp': { must: 4, stretch: 7 },
    'brian-loop': { must: 25, stretch: 40 },
  },
  'encode-poisson': { floor: { must: 2, stretch: 1.5 } },
};

/** The same where there is no WebAssembly with SIMD; no stretch is set beyond the must. */
export const plainBars: Partial<typeof bars> = {
  cuba: { 'brian-cython': { must: 0.8, stretch: 0.8 } },
  coba: { 'brian-cython': { must: 0.8, stretch: 0.8 } },
  brunel: { 'brian-cython': { must: 3, stretch: 3 } },
};

/** Seconds. */
export const startUpBars = {
  wired: { must: 1.5, stretch: 0.5 },
  firstSpikes: { must: 2, stretch: 1 },
} as const;

export type Verdict = 'stretch' | 'must' | 'missed';

/** `value` against a bar; `smaller` if it must not exceed it. */
export function judge(value: number, { must, stretch }: Bar, smaller: boolean): Verdict {
  const reaches = (bar: number): boolean => (smaller ? value <= bar : value >= bar);
  if (reaches(stretch)) return 'stretch';
  return reaches(must) ? 'must' : 'missed';
}
