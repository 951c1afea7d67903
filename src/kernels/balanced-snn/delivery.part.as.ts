/**
 * Spikes to those who get them: counts or weights of what arrives in a step, from the rows of the units that fired a delay ago.
 * Part of balanced-snn.as.ts, which says how.
 */
import * as at from './layout';

export const excitatoryArrival: i32 = 1;
export const inhibitoryArrival: i32 = 0x10000;

// @ts-expect-error: decorator
@inline
export function field(state: usize, offset: i32): i32 {
  return load<i32>(state + <usize>offset);
}

// @ts-expect-error: decorator
@inline
function bump(arriving: usize, target: usize, by: i32): void {
  const a = arriving + (target << 2);
  store<i32>(a, load<i32>(a) + by);
}

// @ts-expect-error: decorator
@inline
function deliver16(from: usize, end: usize, arriving: usize, by: i32): void {
  for (; from + 8 <= end; from += 8) {
    bump(arriving, <usize>load<u16>(from), by);
    bump(arriving, <usize>load<u16>(from, 2), by);
    bump(arriving, <usize>load<u16>(from, 4), by);
    bump(arriving, <usize>load<u16>(from, 6), by);
  }
  for (; from < end; from += 2) bump(arriving, <usize>load<u16>(from), by);
}

// @ts-expect-error: decorator
@inline
function deliver32(from: usize, end: usize, arriving: usize, by: i32): void {
  for (; from + 16 <= end; from += 16) {
    bump(arriving, <usize>load<u32>(from), by);
    bump(arriving, <usize>load<u32>(from, 4), by);
    bump(arriving, <usize>load<u32>(from, 8), by);
    bump(arriving, <usize>load<u32>(from, 12), by);
  }
  for (; from < end; from += 4) bump(arriving, <usize>load<u32>(from), by);
}

// @ts-expect-error: decorator
@inline
export function deliver(from: usize, end: usize, arriving: usize, wide: bool, by: i32): void {
  if (wide) deliver32(from, end, arriving, by);
  else deliver16(from, end, arriving, by);
}

// @ts-expect-error: decorator
@inline
function raise(sums: usize, target: usize, weight: usize, offset: usize): void {
  const a = sums + (target << 2);
  store<f32>(a, load<f32>(a) + load<f32>(weight + offset));
}

/** Adds the weights from `weight` on to the sums of the targets from..end. */
// @ts-expect-error: decorator
@inline
export function deliverWeighted(from: usize, end: usize, weight: usize, sums: usize, wide: bool): void {
  if (wide) {
    for (; from < end; from += 4) {
      raise(sums, <usize>load<u32>(from), weight, 0);
      weight += 4;
    }
    return;
  }
  for (; from + 8 <= end; from += 8) {
    raise(sums, <usize>load<u16>(from), weight, 0);
    raise(sums, <usize>load<u16>(from, 2), weight, 4);
    raise(sums, <usize>load<u16>(from, 4), weight, 8);
    raise(sums, <usize>load<u16>(from, 6), weight, 12);
    weight += 16;
  }
  for (; from < end; from += 2) {
    raise(sums, <usize>load<u16>(from), weight, 0);
    weight += 4;
  }
}

/**
 * Reads a byte of every cache line at the start of the targets from..end, so that they are on their way from memory while the
 * rows before are delivered: to reach a row of a large network costs as much as to deliver some hundred of its targets.
 */
// @ts-expect-error: decorator
@inline
export function fetch(from: usize, end: usize): u32 {
  let sum: u32 = 0;
  for (end = min(end, from + 1024); from < end; from += 64) sum += load<u8>(from);
  return sum;
}

/** Delivers what arrives at `step`, each delay from its own place in the spike list; returns the place of the longest. */
// @ts-expect-error: decorator
@inline
export function deliverDelays(state: usize, step: u32, weighted: bool): u32 {
  const delaySteps = <u32>field(state, at.delaySteps);
  const delayCount = <u32>field(state, at.delayCount);
  const excCount = <u32>field(state, at.excCount);
  const arriving = <usize>field(state, at.arriving);
  const segments = <usize>field(state, at.segmentStart);
  const targets = <usize>field(state, at.targets);
  const shift = <usize>field(state, at.targetShift);
  const log = <usize>field(state, at.arrivalLog);
  const logMask = <u32>field(state, at.arrivalMask);
  const counts = <usize>field(state, at.arrivalCounts);
  const stepMask = <u32>field(state, at.stepMask);
  const weights = weighted ? <usize>field(state, at.weights) : 0;
  const excArriving = weighted ? <usize>field(state, at.excArriving) : 0;
  const inhArriving = weighted ? <usize>field(state, at.inhArriving) : 0;
  const cursors = <usize>field(state, at.cursors);
  let longest: u32 = 0;
  for (let d: u32 = delayCount; d-- > 0; ) {
    const cursor = cursors + (<usize>d << 2);
    let place = load<u32>(cursor);
    let n = load<u32>(counts + (<usize>((step - delaySteps - d) & stepMask) << 2));
    for (; n > 0; n--) {
      const source = load<u32>(log + (<usize>(place++ & logMask) << 2));
      const part = segments + (<usize>(source * delayCount + d) << 2);
      const first = <usize>load<u32>(part);
      const from = targets + (first << shift);
      const end = targets + (<usize>load<u32>(part, 4) << shift);
      if (weighted) {
        deliverWeighted(from, end, weights + (first << 2), source < excCount ? excArriving : inhArriving, shift == 2);
      } else {
        deliver(from, end, arriving, shift == 2, source < excCount ? excitatoryArrival : inhibitoryArrival);
      }
    }
    store<u32>(cursor, place);
    if (d == delayCount - 1) longest = place;
  }
  return longest;
}
