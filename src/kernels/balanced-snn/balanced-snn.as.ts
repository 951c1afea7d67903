/**
 * The balanced network on WASM SIMD, many steps per call; the model and the order of events are those of reference.ts,
 * the spikes are the same bit for bit. What differs is how:
 *
 * - A spike list per step replaces the ring of inputs: at step s the spikes of step s - delay are counted into one array.
 *   Excitatory arrivals sit in the low 16 bits of a word, inhibitory ones in the high 16, so order cannot matter.
 * - A refractory neuron holds V = -infinity, which absorbs input and stays below threshold; it gets its reset value
 *   from the spike list of tRef + 1 steps ago. So refractoriness costs nothing per neuron and step.
 * - Poisson levels are compared for 8 neurons at once; rare high levels are looked at only when some neuron reaches them.
 *
 * The body is compiled twice: for delta synapses of one delay without recording (`advance`), and for everything else
 * (`advanceGeneral`), so that what is not used costs nothing; each of these again for weights that differ; and the first
 * once more in integers.
 *
 * - Weights that differ: float32 relative weights are summed in two arrays in the place of counts. Their rounding depends on
 *   the order, which is the twin's: the longest delay, whose spikes are the earliest, is delivered first.
 * - Delays that differ: rows are sorted by delay, and each delay has its own place in the spike list.
 * - Exponential synapses: two currents per neuron; a silent neuron's currents go on.
 * - Large networks: the targets of the spike after next are fetched from memory while the present ones are delivered.
 * - Recording: before the neurons are updated, what arrives at chosen ones is copied. Their external counts are
 *   worked out beforehand from the noise lanes, which this does not advance, so recording cannot change a spike.
 *
 * Runs on a memory whose layout its host fills in (layout.ts): raw addresses, no allocation, no static data.
 */
import { deliver, deliverDelays, deliverWeighted, excitatoryArrival, fetch, field, inhibitoryArrival } from './delivery.part.as';
import * as at from './layout';
import { settled, settleSteps } from './settling';

// @ts-expect-error: decorator
@inline
function rotl(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** Appends the units of the set bits of `mask` to the log and silences them. */
// @ts-expect-error: decorator
@inline
function fire(mask: i32, unit: u32, voltage: usize, log: usize, logMask: u32, written: u32, fixed: bool): u32 {
  while (mask) {
    const i = unit + <u32>ctz(mask);
    store<u32>(log + (<usize>(written & logMask) << 2), i);
    if (fixed) store<i32>(voltage + (<usize>i << 2), i32.MIN_VALUE);
    else store<f32>(voltage + (<usize>i << 2), <f32>-Infinity);
    written++;
    mask &= mask - 1;
  }
  return written;
}

/** The external count that `unit` will draw in the coming update. */
function peekExternal(state: usize, unit: usize): i32 {
  if (!field(state, at.noisy)) return 0;
  const word = load<i32>(<usize>field(state, at.lane0) + (unit << 2)) * field(state, at.scrambler);
  const stride = <usize>field(state, at.levelStride);
  let level = <usize>field(state, at.levels) + <usize>((<u32>unit << 2) & <u32>field(state, at.levelMask));
  let count: i32 = 0;
  for (; word < load<i32>(level); level += stride) count++;
  return count;
}

/** Copies what arrives now at the recorded units to row `row`. */
// @ts-expect-error: decorator
@inline
function recordInputs(state: usize, row: i32, weighted: bool): void {
  const count = field(state, at.recordedCount);
  const units = <usize>field(state, at.recordedUnits);
  const arriving = <usize>field(state, at.arriving);
  let out = <usize>field(state, at.recordedInputs) + <usize>(row * count) * 12;
  for (let k: i32 = 0; k < count; k++) {
    const unit = <usize>load<u32>(units + (<usize>k << 2));
    if (weighted) {
      store<f32>(out, load<f32>(<usize>field(state, at.excArriving) + (unit << 2)));
      store<f32>(out, load<f32>(<usize>field(state, at.inhArriving) + (unit << 2)), 8);
    } else {
      const counts = load<u32>(arriving + (unit << 2));
      store<f32>(out, <f32>(counts & 0xffff));
      store<f32>(out, <f32>(counts >>> 16), 8);
    }
    store<f32>(out, <f32>peekExternal(state, unit), 4);
    out += 12;
  }
}

/** round(V a / 2^32) of 4 membranes, halves away from 0, as webgpu-fixed-point.ts says. */
// @ts-expect-error: decorator
@inline
function decayed(membranes: v128, a: v128): v128 {
  const half = i64x2.splat(0x80000000);
  const size = i32x4.abs(membranes);
  const low = i64x2.add(i64x2.extmul_low_i32x4_u(size, a), half);
  const high = i64x2.add(i64x2.extmul_high_i32x4_u(size, a), half);
  const sign = i32x4.shr_s(membranes, 31);
  return i32x4.sub(v128.xor(i32x4.shuffle(low, high, 1, 3, 5, 7), sign), sign);
}

/** The membranes after a step in integers; those of refractory neurons stay i32.MIN, which no other can reach. */
// @ts-expect-error: decorator
@inline
function nextFixed(before: v128, input: v128, a: v128): v128 {
  const silent = i32x4.splat(i32.MIN_VALUE);
  return v128.bitselect(silent, i32x4.add(decayed(before, a), input), i32x4.eq(before, silent));
}

/** Puts what is too small to matter to 0. A refractory neuron's -infinity stays, and its NaN where `decay` is 0. */
function settle(values: usize, count: u32): void {
  const least = f32x4.splat(<f32>settled);
  const end = values + (<usize>count << 2);
  for (; values < end; values += 16) {
    const x = v128.load(values);
    v128.store(values, v128.andnot(x, f32x4.lt(f32x4.abs(x), least)));
  }
}

/** Simulates up to `steps` steps, fewer if the log fills up; returns how many. */
export function advance(state: usize, steps: i32): i32 {
  return simulate(state, steps, false, false, false);
}

/** As `advance`, in integers of 2^-16 mV: the same spikes as WebGPU and its twin (webgpu-fixed-reference.ts). */
export function advanceFixed(state: usize, steps: i32): i32 {
  return simulate(state, steps, false, false, true);
}

/** As `advance`, with delays that differ, currents and recording. `steps` is at most the recording's room. */
export function advanceGeneral(state: usize, steps: i32): i32 {
  return simulate(state, steps, true, false, false);
}

/** As `advance`, with weights that differ. */
export function advanceWeighted(state: usize, steps: i32): i32 {
  return simulate(state, steps, false, true, false);
}

/** As `advanceFixed`, with recording. */
export function advanceFixedGeneral(state: usize, steps: i32): i32 {
  return simulate(state, steps, true, false, true);
}

/** As `advanceGeneral`, with weights that differ. */
export function advanceWeightedGeneral(state: usize, steps: i32): i32 {
  return simulate(state, steps, true, true, false);
}

// @ts-expect-error: decorator
@inline
function simulate(state: usize, steps: i32, general: bool, weighted: bool, fixed: bool): i32 {
  const count = <u32>field(state, at.paddedCount);
  const excCount = <u32>field(state, at.excCount);
  const delaySteps = <u32>field(state, at.delaySteps);
  const releaseSteps = <u32>field(state, at.releaseSteps);
  const wide = field(state, at.targetShift) == 2;
  const reset = load<i32>(state + <usize>at.reset);
  const noisy = field(state, at.noisy) != 0;
  const eager = field(state, at.eagerLevels);
  const stride = <usize>field(state, at.levelStride);
  const levelMask = <u32>field(state, at.levelMask);
  const levels = <usize>field(state, at.levels);
  const increments = <usize>field(state, at.increments);
  const voltage = <usize>field(state, at.voltage);
  const lane0 = <usize>field(state, at.lane0);
  const lane1 = <usize>field(state, at.lane1);
  const arriving = <usize>field(state, at.arriving);
  const sourceStart = <usize>field(state, at.sourceStart);
  const targets = <usize>field(state, at.targets);
  const shift = <usize>field(state, at.targetShift);
  const log = <usize>field(state, at.log);
  const logMask = <u32>field(state, at.logMask);
  const stepCounts = <usize>field(state, at.stepCounts);
  const stepMask = <u32>field(state, at.stepMask);
  const arrivalLog = <usize>field(state, at.arrivalLog);
  const arrivalMask = <u32>field(state, at.arrivalMask);
  const arrivalCounts = <usize>field(state, at.arrivalCounts);
  const fetchAhead = <u32>field(state, at.fetchAhead);
  const apart = field(state, at.apart) != 0;
  const drained = <u32>field(state, at.drained);
  let step = <u32>field(state, at.step);
  let written = <u32>field(state, at.written);
  let delivered = <u32>field(state, at.delivered);
  let released = <u32>field(state, at.released);

  const zero = i32x4.splat(0);
  const low16 = v128.load32_splat(state + <usize>at.low16);
  const scrambler = v128.load32_splat(state + <usize>at.scrambler);
  const a = v128.load32_splat(state + <usize>at.decay);
  const wExc = v128.load32_splat(state + <usize>at.weightExc);
  const wInh = v128.load32_splat(state + <usize>at.weightInh);
  const theta = v128.load32_splat(state + <usize>at.threshold);

  // Left out by the compiler unless weighted.
  const weights = weighted ? <usize>field(state, at.weights) : 0;
  const excArriving = weighted ? <usize>field(state, at.excArriving) : 0;
  const inhArriving = weighted ? <usize>field(state, at.inhArriving) : 0;

  // Left out by the compiler unless general.
  const exponential = general && !fixed && field(state, at.exponential) != 0;
  const recording = general && field(state, at.recordedCount) != 0;
  let excCurrent: usize = 0;
  let inhCurrent: usize = 0;
  let excDecay = zero;
  let excGain = zero;
  let excJump = zero;
  let inhDecay = zero;
  let inhGain = zero;
  let inhJump = zero;
  if (general && !fixed) {
    excCurrent = <usize>field(state, at.excCurrent);
    inhCurrent = <usize>field(state, at.inhCurrent);
    excDecay = v128.load32_splat(state + <usize>at.excCurrentDecay);
    excGain = v128.load32_splat(state + <usize>at.excCurrentGain);
    excJump = v128.load32_splat(state + <usize>at.excCurrentJump);
    inhDecay = v128.load32_splat(state + <usize>at.inhCurrentDecay);
    inhGain = v128.load32_splat(state + <usize>at.inhCurrentGain);
    inhJump = v128.load32_splat(state + <usize>at.inhCurrentJump);
  }

  // Summed and stored, so that no compiler leaves the reading out.
  let fetched: u32 = 0;
  let done: i32 = 0;
  for (; done < steps; done++) {
    // Every unit might fire: stop while that still fits beside what is unread, undelivered or unreleased.
    const undelivered = apart ? 0 : written - delivered;
    if (max(written - drained, max(undelivered, written - released)) + count > logMask) break;

    let n: u32;
    if (general) {
      delivered = deliverDelays(state, step, weighted);
      if (recording) recordInputs(state, done, weighted);
    } else {
      n = load<u32>(arrivalCounts + (<usize>((step - delaySteps) & stepMask) << 2));
      for (; n > 0; n--) {
        const source = load<u32>(arrivalLog + (<usize>(delivered++ & arrivalMask) << 2));
        const row = sourceStart + (<usize>source << 2);
        const first = <usize>load<u32>(row);
        const from = targets + (first << shift);
        const end = targets + (<usize>load<u32>(row, 4) << shift);
        if (n > fetchAhead) {
          const later = load<u32>(arrivalLog + (<usize>((delivered + fetchAhead - 1) & arrivalMask) << 2));
          const laterRow = sourceStart + (<usize>later << 2);
          fetched += fetch(targets + (<usize>load<u32>(laterRow) << shift), targets + (<usize>load<u32>(laterRow, 4) << shift));
        }
        if (weighted) {
          deliverWeighted(from, end, weights + (first << 2), source < excCount ? excArriving : inhArriving, wide);
        } else {
          deliver(from, end, arriving, wide, source < excCount ? excitatoryArrival : inhibitoryArrival);
        }
      }
    }
    n = load<u32>(stepCounts + (<usize>((step - releaseSteps) & stepMask) << 2));
    for (; n > 0; n--) {
      const unit = load<u32>(log + (<usize>(released++ & logMask) << 2));
      store<i32>(voltage + (<usize>unit << 2), reset);
    }
    if (!fixed && !(step & (settleSteps - 1))) {
      settle(voltage, count);
      if (exponential) {
        settle(excCurrent, count);
        settle(inhCurrent, count);
      }
    }

    const before = written;
    for (let i: u32 = 0; i < count; i += 8) {
      const o = <usize>i << 2;
      let arrivedA = zero;
      let arrivedB = zero;
      let excA = zero;
      let excB = zero;
      if (!weighted) {
        arrivedA = v128.load(arriving + o);
        arrivedB = v128.load(arriving + o, 16);
        v128.store(arriving + o, zero);
        v128.store(arriving + o, zero, 16);
        excA = v128.and(arrivedA, low16);
        excB = v128.and(arrivedB, low16);
      }

      if (noisy) {
        const s0A = v128.load(lane0 + o);
        const s0B = v128.load(lane0 + o, 16);
        const s1A = v128.xor(v128.load(lane1 + o), s0A);
        const s1B = v128.xor(v128.load(lane1 + o, 16), s0B);
        const wordA = i32x4.mul(s0A, scrambler);
        const wordB = i32x4.mul(s0B, scrambler);
        v128.store(lane0 + o, v128.xor(v128.xor(rotl(s0A, 26), s1A), i32x4.shl(s1A, 9)));
        v128.store(lane0 + o, v128.xor(v128.xor(rotl(s0B, 26), s1B), i32x4.shl(s1B, 9)), 16);
        v128.store(lane1 + o, rotl(s1A, 13));
        v128.store(lane1 + o, rotl(s1B, 13), 16);
        let level = levels + <usize>((i << 2) & levelMask);
        // Each comparison is -1 where the level is reached. The first two without a loop, whose bookkeeping costs as much.
        excA = i32x4.sub(excA, i32x4.lt_s(wordA, v128.load(level)));
        excB = i32x4.sub(excB, i32x4.lt_s(wordB, v128.load(level, 16)));
        level += stride;
        excA = i32x4.sub(excA, i32x4.lt_s(wordA, v128.load(level)));
        excB = i32x4.sub(excB, i32x4.lt_s(wordB, v128.load(level, 16)));
        level += stride;
        if (eager > 2) {
          excA = i32x4.sub(excA, i32x4.lt_s(wordA, v128.load(level)));
          excB = i32x4.sub(excB, i32x4.lt_s(wordB, v128.load(level, 16)));
          level += stride;
          for (let t = 3; t < eager; t++) {
            excA = i32x4.sub(excA, i32x4.lt_s(wordA, v128.load(level)));
            excB = i32x4.sub(excB, i32x4.lt_s(wordB, v128.load(level, 16)));
            level += stride;
          }
        }
        // The table ends with a level that no word reaches.
        let reachedA = i32x4.lt_s(wordA, v128.load(level));
        let reachedB = i32x4.lt_s(wordB, v128.load(level, 16));
        while (v128.any_true(v128.or(reachedA, reachedB))) {
          excA = i32x4.sub(excA, reachedA);
          excB = i32x4.sub(excB, reachedB);
          level += stride;
          reachedA = i32x4.lt_s(wordA, v128.load(level));
          reachedB = i32x4.lt_s(wordB, v128.load(level, 16));
        }
      }

      let firedA: v128;
      let firedB: v128;
      if (fixed) {
        let inputA = i32x4.sub(i32x4.mul(wExc, excA), i32x4.mul(wInh, i32x4.shr_u(arrivedA, 16)));
        let inputB = i32x4.sub(i32x4.mul(wExc, excB), i32x4.mul(wInh, i32x4.shr_u(arrivedB, 16)));
        if (increments) {
          inputA = i32x4.add(inputA, v128.load(increments + o));
          inputB = i32x4.add(inputB, v128.load(increments + o, 16));
        }
        const vA = nextFixed(v128.load(voltage + o), inputA, a);
        const vB = nextFixed(v128.load(voltage + o, 16), inputB, a);
        v128.store(voltage + o, vA);
        v128.store(voltage + o, vB, 16);
        firedA = i32x4.ge_s(vA, theta);
        firedB = i32x4.ge_s(vB, theta);
      } else {
        let nExcA = f32x4.convert_i32x4_s(excA);
        let nExcB = f32x4.convert_i32x4_s(excB);
        let nInhA: v128;
        let nInhB: v128;
        if (weighted) {
          nExcA = f32x4.add(v128.load(excArriving + o), nExcA);
          nExcB = f32x4.add(v128.load(excArriving + o, 16), nExcB);
          nInhA = v128.load(inhArriving + o);
          nInhB = v128.load(inhArriving + o, 16);
          v128.store(excArriving + o, zero);
          v128.store(excArriving + o, zero, 16);
          v128.store(inhArriving + o, zero);
          v128.store(inhArriving + o, zero, 16);
        } else {
          nInhA = f32x4.convert_i32x4_s(i32x4.shr_u(arrivedA, 16));
          nInhB = f32x4.convert_i32x4_s(i32x4.shr_u(arrivedB, 16));
        }
        let inputA: v128;
        let inputB: v128;
        if (exponential) {
          const excIA = v128.load(excCurrent + o);
          const excIB = v128.load(excCurrent + o, 16);
          const inhIA = v128.load(inhCurrent + o);
          const inhIB = v128.load(inhCurrent + o, 16);
          inputA = f32x4.sub(f32x4.mul(excGain, excIA), f32x4.mul(inhGain, inhIA));
          inputB = f32x4.sub(f32x4.mul(excGain, excIB), f32x4.mul(inhGain, inhIB));
          v128.store(excCurrent + o, f32x4.add(f32x4.mul(excDecay, excIA), f32x4.mul(excJump, nExcA)));
          v128.store(excCurrent + o, f32x4.add(f32x4.mul(excDecay, excIB), f32x4.mul(excJump, nExcB)), 16);
          v128.store(inhCurrent + o, f32x4.add(f32x4.mul(inhDecay, inhIA), f32x4.mul(inhJump, nInhA)));
          v128.store(inhCurrent + o, f32x4.add(f32x4.mul(inhDecay, inhIB), f32x4.mul(inhJump, nInhB)), 16);
        } else {
          inputA = f32x4.sub(f32x4.mul(wExc, nExcA), f32x4.mul(wInh, nInhA));
          inputB = f32x4.sub(f32x4.mul(wExc, nExcB), f32x4.mul(wInh, nInhB));
        }
        if (increments) {
          inputA = f32x4.add(inputA, v128.load(increments + o));
          inputB = f32x4.add(inputB, v128.load(increments + o, 16));
        }
        const vA = f32x4.add(f32x4.mul(v128.load(voltage + o), a), inputA);
        const vB = f32x4.add(f32x4.mul(v128.load(voltage + o, 16), a), inputB);
        v128.store(voltage + o, vA);
        v128.store(voltage + o, vB, 16);
        firedA = f32x4.ge(vA, theta);
        firedB = f32x4.ge(vB, theta);
      }
      if (v128.any_true(v128.or(firedA, firedB))) {
        const mask = i32x4.bitmask(firedA) | (i32x4.bitmask(firedB) << 4);
        written = fire(mask, i, voltage, log, logMask, written, fixed);
      }
    }
    store<u32>(stepCounts + (<usize>(step & stepMask) << 2), written - before);
    step++;
  }

  store<u32>(state + <usize>at.fetched, fetched);
  store<u32>(state + <usize>at.step, step);
  store<u32>(state + <usize>at.written, written);
  store<u32>(state + <usize>at.delivered, delivered);
  store<u32>(state + <usize>at.released, released);
  return done;
}
