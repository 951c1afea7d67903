/**
 * The CUBA and COBA benchmark networks on WASM SIMD, many steps per call; equations in models.ts, plain twin in
 * reference.ts, whose spikes are the same bit for bit.
 *
 * - Synaptic variables are scaled so that the membrane needs one product and sums; they decay for every neuron, also a
 *   refractory one.
 * - A refractory neuron holds V = NaN, which survives every operation and is never above threshold, so refractoriness
 *   costs nothing per neuron and step. The spike list of tRef + 1 steps ago gives it its reset value. (-Infinity would
 *   not do: in COBA a strong conductance can turn its sign.)
 * - A decaying variable would become denormal when its neuron gets no more spikes, and every operation on it 100 times
 *   slower; every 64 steps those that are all but 0 are set to 0.
 * - A step's spikes are delivered at its end: there is no delay, so they act from the next step on.
 *
 * Runs on a memory whose layout its host fills in (layout.ts): raw addresses, no allocation, no static data.
 */
import * as at from './layout';

// @ts-expect-error: decorator
@inline
function field(state: usize, offset: i32): i32 {
  return load<i32>(state + <usize>offset);
}

// @ts-expect-error: decorator
@inline
function splat(state: usize, offset: i32): v128 {
  return v128.load32_splat(state + <usize>offset);
}

// @ts-expect-error: decorator
@inline
function bump(array: usize, target: usize, by: f32): void {
  const a = array + (target << 2);
  store<f32>(a, load<f32>(a) + by);
}

// @ts-expect-error: decorator
@inline
function deliver(from: usize, end: usize, array: usize, by: f32): void {
  for (; from + 8 <= end; from += 8) {
    bump(array, <usize>load<u16>(from), by);
    bump(array, <usize>load<u16>(from, 2), by);
    bump(array, <usize>load<u16>(from, 4), by);
    bump(array, <usize>load<u16>(from, 6), by);
  }
  for (; from < end; from += 2) bump(array, <usize>load<u16>(from), by);
}

/** Appends the units of the set bits of `mask` to the log and silences them. */
// @ts-expect-error: decorator
@inline
function fire(mask: i32, unit: u32, voltage: usize, log: usize, logMask: u32, written: u32): u32 {
  while (mask) {
    const i = unit + <u32>ctz(mask);
    store<u16>(log + (<usize>(written & logMask) << 1), <u16>i);
    store<f32>(voltage + (<usize>i << 2), <f32>NaN);
    written++;
    mask &= mask - 1;
  }
  return written;
}

/** Sets to 0 what is within `tiny` of it, but not NaN. */
// @ts-expect-error: decorator
@inline
function flush(array: usize, bytes: usize, tiny: v128): void {
  for (let o: usize = 0; o < bytes; o += 16) {
    const x = v128.load(array + o);
    v128.store(array + o, v128.andnot(x, f32x4.lt(f32x4.abs(x), tiny)));
  }
}

/** One code for both models; `conductance` is a constant where this is inlined, so only one form of it remains. */
// @ts-expect-error: decorator
@inline
function advance(state: usize, steps: i32, conductance: bool): void {
  const bytes = <usize>field(state, at.paddedCount) << 2;
  const excCount = <u32>field(state, at.excCount);
  const releaseSteps = <u32>field(state, at.releaseSteps);
  const voltage = <usize>field(state, at.voltage);
  const exc = <usize>field(state, at.exc);
  const inh = <usize>field(state, at.inh);
  const sourceStart = <usize>field(state, at.sourceStart);
  const targets = <usize>field(state, at.targets);
  const log = <usize>field(state, at.log);
  const logMask = <u32>field(state, at.logMask);
  const stepCounts = <usize>field(state, at.stepCounts);
  const stepMask = <u32>field(state, at.stepMask);
  const reset = load<f32>(state + <usize>at.reset);
  const weightExc = load<f32>(state + <usize>at.weightExc);
  const weightInh = load<f32>(state + <usize>at.weightInh);
  let step = <u32>field(state, at.step);
  let written = <u32>field(state, at.written);
  let released = <u32>field(state, at.released);

  const a = splat(state, at.keepMembrane);
  const aExc = splat(state, at.keepExc);
  const aInh = splat(state, at.keepInh);
  const theta = splat(state, at.threshold);
  const reversal = splat(state, at.reversalInh);
  const leak = splat(state, at.leak);
  const tiny = splat(state, at.tiny);

  for (; steps > 0; steps--) {
    let n = load<u32>(stepCounts + (<usize>((step - releaseSteps) & stepMask) << 2));
    for (; n > 0; n--) {
      const unit = <usize>load<u16>(log + (<usize>(released++ & logMask) << 1));
      store<f32>(voltage + (unit << 2), reset);
    }

    if ((step & at.flushMask) == 0) {
      flush(voltage, bytes, tiny);
      flush(exc, bytes, tiny);
      flush(inh, bytes, tiny);
    }

    const before = written;
    for (let o: usize = 0; o < bytes; o += 32) {
      const eA = v128.load(exc + o);
      const eB = v128.load(exc + o, 16);
      const iA = v128.load(inh + o);
      const iB = v128.load(inh + o, 16);
      let vA = v128.load(voltage + o);
      let vB = v128.load(voltage + o, 16);
      if (conductance) {
        vA = f32x4.add(f32x4.mul(vA, f32x4.sub(f32x4.sub(a, eA), iA)), f32x4.add(f32x4.mul(iA, reversal), leak));
        vB = f32x4.add(f32x4.mul(vB, f32x4.sub(f32x4.sub(a, eB), iB)), f32x4.add(f32x4.mul(iB, reversal), leak));
      } else {
        vA = f32x4.add(f32x4.mul(vA, a), f32x4.add(eA, iA));
        vB = f32x4.add(f32x4.mul(vB, a), f32x4.add(eB, iB));
      }
      v128.store(exc + o, f32x4.mul(eA, aExc));
      v128.store(exc + o, f32x4.mul(eB, aExc), 16);
      v128.store(inh + o, f32x4.mul(iA, aInh));
      v128.store(inh + o, f32x4.mul(iB, aInh), 16);
      v128.store(voltage + o, vA);
      v128.store(voltage + o, vB, 16);
      const firedA = f32x4.gt(vA, theta);
      const firedB = f32x4.gt(vB, theta);
      if (v128.any_true(v128.or(firedA, firedB))) {
        const mask = i32x4.bitmask(firedA) | (i32x4.bitmask(firedB) << 4);
        written = fire(mask, <u32>(o >> 2), voltage, log, logMask, written);
      }
    }
    store<u32>(stepCounts + (<usize>(step & stepMask) << 2), written - before);
    step++;

    for (let k = before; k != written; k++) {
      const source = <u32>load<u16>(log + (<usize>(k & logMask) << 1));
      const row = sourceStart + (<usize>source << 2);
      const from = targets + (<usize>load<u32>(row) << 1);
      const end = targets + (<usize>load<u32>(row, 4) << 1);
      if (source < excCount) deliver(from, end, exc, weightExc);
      else deliver(from, end, inh, weightInh);
    }
  }

  store<u32>(state + <usize>at.step, step);
  store<u32>(state + <usize>at.written, written);
  store<u32>(state + <usize>at.released, released);
}

export function advanceCuba(state: usize, steps: i32): void {
  advance(state, steps, false);
}

export function advanceCoba(state: usize, steps: i32): void {
  advance(state, steps, true);
}
