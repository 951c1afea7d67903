/**
 * WGSL that both kernels share: the xoroshiro64* lane, the Poisson count on the integer threshold table, and one
 * membrane step. The order of events is that of reference.ts.
 *
 * WGSL lets a compiler fuse a * b + c and reorder sums, which would change the last bit of a membrane and, as balanced
 * networks are chaotic, every spike some 50 ms later. So every product and sum passes through `rounded`: an exclusive-or
 * of its bits with a zero that only the uniform block knows, which no compiler can look through. What is left to the device is
 * the rounding direction (nearest on all that are known) and whether subnormal numbers become 0.
 */
import { jobWords, type KernelShape, segmentWords } from './webgpu-layout';

const floatStep = `
fn rounded(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ model.zero);
}

fn stepped(membrane: u32, excCount: u32, inhCount: u32, increment: u32, hasIncrement: bool) -> u32 {
  let exc = rounded(bitcast<f32>(model.weightExc) * f32(excCount));
  let inh = rounded(bitcast<f32>(model.weightInh) * f32(inhCount));
  var input = rounded(exc - inh);
  if (hasIncrement) {
    input = rounded(input + bitcast<f32>(increment));
  }
  let kept = rounded(bitcast<f32>(membrane) * bitcast<f32>(model.decay));
  return bitcast<u32>(kept + input);
}

fn reaches(membrane: u32) -> bool {
  return bitcast<f32>(membrane) >= bitcast<f32>(model.threshold);
}
`;

/** The high word of a 32 x 32 bit product, rounded at its half, from products of 16-bit halves (fixed-point.ts twins it). */
const fixedStep = `
fn scaled(x: u32, y: u32) -> u32 {
  let xl = x & 0xffffu;
  let xh = x >> 16u;
  let yl = y & 0xffffu;
  let yh = y >> 16u;
  let low = xl * yl;
  let lh = xl * yh;
  let hl = xh * yl;
  let middle = (low >> 16u) + (lh & 0xffffu) + (hl & 0xffffu);
  return xh * yh + (lh >> 16u) + (hl >> 16u) + (middle >> 16u) + ((middle >> 15u) & 1u);
}

fn stepped(membrane: u32, excCount: u32, inhCount: u32, increment: u32, hasIncrement: bool) -> u32 {
  let v = bitcast<i32>(membrane);
  let size = scaled(u32(abs(v)), model.decay);
  let kept = select(size, 0u - size, v < 0);
  return kept + model.weightExc * excCount - model.weightInh * inhCount + increment;
}

fn reaches(membrane: u32) -> bool {
  return bitcast<i32>(membrane) >= bitcast<i32>(model.threshold);
}
`;

export function sharedText({ arithmetic, wide }: KernelShape): string {
  return `
struct Model {
  steps: u32, firstStep: u32, zero: u32, decay: u32,
  weightExc: u32, weightInh: u32, threshold: u32, reset: u32,
  refractorySteps: u32, excCount: u32, round: u32, sliceSpikes: u32,
  listStart: u32,
}
/** A segment of a job's drive; its words are at place, and the next one begins at the step until. */
struct Drive {
  place: u32, until: u32,
  levelOffset: u32, levelStep: u32, unitStep: u32, levelCount: u32,
  hasIncrement: u32, incrementOffset: u32, incrementStep: u32,
}
struct Unit { membrane: u32, countdown: u32, lane0: u32, lane1: u32, increment: u32, fired: bool }

@group(0) @binding(0) var<uniform> model: Model;
@group(0) @binding(1) var<storage, read> sourceStart: array<u32>;
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read> drives: array<u32>;
@group(0) @binding(5) var<storage, read_write> state: array<u32>;

fn targetAt(k: u32) -> u32 {
  ${wide ? 'return targets[k];' : 'return (targets[k >> 1u] >> ((k & 1u) << 4u)) & 0xffffu;'}
}

/** Excitatory arrivals are counted in the low half of a word, inhibitory ones in the high half. */
fn arrivalOf(source: u32) -> u32 {
  return select(0x10000u, 1u, source < model.excCount);
}

fn segment(at: u32) -> Drive {
  return Drive(at, drives[at + ${segmentWords}u], drives[at + 1u], drives[at + 2u], drives[at + 3u], drives[at + 4u],
    drives[at + 5u], drives[at + 6u], drives[at + 7u]);
}

/** The segment that a step is in. */
fn driveAt(job: u32, step: u32) -> Drive {
  let first = drives[job * ${jobWords}u];
  var low = 0u;
  var high = drives[job * ${jobWords}u + 1u];
  while (high - low > 1u) {
    let middle = (low + high) / 2u;
    if (drives[first + middle * ${segmentWords}u] <= step) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return segment(first + low * ${segmentWords}u);
}

fn incrementOf(drive: Drive, unit: u32) -> u32 {
  if (drive.hasIncrement == 0u) {
    return 0u;
  }
  return drives[drive.incrementOffset + unit * drive.incrementStep];
}

/** Levels never rise with t, so the first that is not reached ends the count. */
fn externalCount(word: i32, drive: Drive, unit: u32) -> u32 {
  var at = drive.levelOffset + unit * drive.unitStep;
  var count = 0u;
  while (count < drive.levelCount) {
    if (word >= bitcast<i32>(drives[at])) {
      break;
    }
    at += drive.levelStep;
    count++;
  }
  return count;
}
${arithmetic === 'float' ? floatStep : fixedStep}
fn updated(before: Unit, unit: u32, drive: Drive, arrived: u32) -> Unit {
  var now = before;
  now.fired = false;
  var excCount = arrived & 0xffffu;
  if (drive.levelCount > 0u) {
    let s0 = now.lane0;
    let s1 = now.lane1 ^ s0;
    now.lane0 = ((s0 << 26u) | (s0 >> 6u)) ^ s1 ^ (s1 << 9u);
    now.lane1 = (s1 << 13u) | (s1 >> 19u);
    excCount += externalCount(bitcast<i32>(s0 * 0x9e3779bbu), drive, unit);
  }
  if (now.countdown > 0u) {
    now.countdown -= 1u;
    return now;
  }
  now.membrane = stepped(now.membrane, excCount, arrived >> 16u, now.increment, drive.hasIncrement != 0u);
  if (reaches(now.membrane)) {
    now.fired = true;
    now.membrane = model.reset;
    now.countdown = model.refractorySteps;
  }
  return now;
}
`;
}

/** Reading and writing a unit's state, its fields `unitCount` words apart. */
export function stateText({ unitCount }: KernelShape): string {
  return `
fn loadUnit(at: u32) -> Unit {
  return Unit(state[at], state[at + ${unitCount}u], state[at + ${2 * unitCount}u], state[at + ${3 * unitCount}u],
    0u, false);
}

fn storeUnit(at: u32, unit: Unit) {
  state[at] = unit.membrane;
  state[at + ${unitCount}u] = unit.countdown;
  state[at + ${2 * unitCount}u] = unit.lane0;
  state[at + ${3 * unitCount}u] = unit.lane1;
}
`;
}
