/**
 * WGSL that both kernels share: the xoroshiro64* lane, the Poisson count on the integer threshold table, and one
 * membrane step. The order of events is that of reference.ts.
 *
 * WGSL lets a compiler fuse a * b + c and reorder sums, which would change the last bit of a membrane and, as balanced
 * networks are chaotic, every spike some 50 ms later. So every product and sum passes through `rounded`: an exclusive-or
 * of its bits with a zero that only the uniform block knows, which no compiler can look through. What is left to the device is
 * the rounding direction (nearest on all that are known) and whether subnormal numbers become 0.
 */
import { settleSteps } from './settling';
import { jobWords, type KernelShape, modelWord, segmentWords, stateNames } from './webgpu-layout';

const floatText = `
alias Count = f32;

fn rounded(x: f32) -> f32 {
  return bitcast<f32>(bitcast<u32>(x) ^ model.zero);
}

fn stepped(membrane: u32, input: f32) -> u32 {
  let kept = rounded(bitcast<f32>(membrane) * bitcast<f32>(model.decay));
  return bitcast<u32>(kept + input);
}

fn joined(arrived: f32, outer: u32) -> f32 {
  return rounded(arrived + f32(outer));
}

fn plus(input: f32, increment: u32) -> f32 {
  return rounded(input + bitcast<f32>(increment));
}

fn reaches(membrane: u32) -> bool {
  return bitcast<f32>(membrane) >= bitcast<f32>(model.threshold);
}

fn settledWord(value: u32) -> u32 {
  return select(value, 0u, abs(bitcast<f32>(value)) < bitcast<f32>(model.settled));
}
`;

/** What arrives adds to the membrane at once. */
const floatJumps = `
fn inputOf(unit: ptr<function, Unit>, exc: f32, inh: f32) -> f32 {
  return rounded(rounded(bitcast<f32>(model.weightExc) * exc) - rounded(bitcast<f32>(model.weightInh) * inh));
}

fn settle(unit: ptr<function, Unit>) {
  if ((*unit).countdown == 0u) {
    (*unit).membrane = settledWord((*unit).membrane);
  }
}
`;

/** What arrives enters a current (synapse.ts), whose old value moves the membrane; also while the unit is refractory. */
const floatCurrents = `
fn decayed(current: u32, decay: u32, jump: u32, arrived: f32) -> u32 {
  let kept = rounded(bitcast<f32>(decay) * bitcast<f32>(current));
  return bitcast<u32>(kept + rounded(bitcast<f32>(jump) * arrived));
}

fn inputOf(unit: ptr<function, Unit>, exc: f32, inh: f32) -> f32 {
  let fromExc = rounded(bitcast<f32>(model.excGain) * bitcast<f32>((*unit).excCurrent));
  let fromInh = rounded(bitcast<f32>(model.inhGain) * bitcast<f32>((*unit).inhCurrent));
  (*unit).excCurrent = decayed((*unit).excCurrent, model.excDecay, model.excJump, exc);
  (*unit).inhCurrent = decayed((*unit).inhCurrent, model.inhDecay, model.inhJump, inh);
  return rounded(fromExc - fromInh);
}

fn settle(unit: ptr<function, Unit>) {
  if ((*unit).countdown == 0u) {
    (*unit).membrane = settledWord((*unit).membrane);
  }
  (*unit).excCurrent = settledWord((*unit).excCurrent);
  (*unit).inhCurrent = settledWord((*unit).inhCurrent);
}
`;

/** The high word of a 32 x 32 bit product, rounded at its half, from products of 16-bit halves (fixed-point.ts twins it). */
const fixedText = `
alias Count = u32;

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

fn stepped(membrane: u32, input: u32) -> u32 {
  let v = bitcast<i32>(membrane);
  let size = scaled(u32(abs(v)), model.decay);
  return select(size, 0u - size, v < 0) + input;
}

fn joined(arrived: u32, outer: u32) -> u32 {
  return arrived + outer;
}

fn plus(input: u32, increment: u32) -> u32 {
  return input + increment;
}

fn inputOf(unit: ptr<function, Unit>, exc: u32, inh: u32) -> u32 {
  return model.weightExc * exc - model.weightInh * inh;
}

fn reaches(membrane: u32) -> bool {
  return bitcast<i32>(membrane) >= bitcast<i32>(model.threshold);
}
`;

const stepText = ({ arithmetic, exponential }: KernelShape): string =>
  arithmetic === 'fixed' ? fixedText : `${floatText}${exponential ? floatCurrents : floatJumps}`;

export function sharedText(shape: KernelShape): string {
  const { arithmetic, wide } = shape;
  return `
struct Model {
  ${Object.keys(modelWord).join(': u32, ')}: u32,
}
/** A segment of a job's drive; its words are at place, and the next one begins at the step until. */
struct Drive {
  place: u32, until: u32,
  levelOffset: u32, levelStep: u32, unitStep: u32, levelCount: u32,
  hasIncrement: u32, incrementOffset: u32, incrementStep: u32,
}
struct Unit {
  ${stateNames(shape).join(': u32, ')}: u32,
  increment: u32, fired: bool,
}

@group(0) @binding(0) var<uniform> model: Model;
@group(0) @binding(1) var<storage, read> sourceStart: array<u32>;
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read> drives: array<u32>;
@group(0) @binding(5) var<storage, read_write> state: array<u32>;

fn targetAt(k: u32) -> u32 {
  ${wide ? 'return targets[k];' : 'return (targets[k >> 1u] >> ((k & 1u) << 4u)) & 0xffffu;'}
}

/** What a spike adds to a word of counted arrivals. */
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
${stepText(shape)}
/** What arrives at a unit from within the network. */
struct Arrived { exc: Count, inh: Count }

/** Excitatory arrivals are counted in the low half of a word, inhibitory ones in the high half. */
fn counted(word: u32) -> Arrived {
  return Arrived(Count(word & 0xffffu), Count(word >> 16u));
}

fn updated(before: Unit, unit: u32, step: u32, drive: Drive, arrived: Arrived) -> Unit {
  var now = before;
  now.fired = false;
  ${arithmetic === 'float' ? `if ((step & ${settleSteps - 1}u) == 0u) { settle(&now); }` : ''}
  var outer = 0u;
  if (drive.levelCount > 0u) {
    let s0 = now.lane0;
    let s1 = now.lane1 ^ s0;
    now.lane0 = ((s0 << 26u) | (s0 >> 6u)) ^ s1 ^ (s1 << 9u);
    now.lane1 = (s1 << 13u) | (s1 >> 19u);
    outer = externalCount(bitcast<i32>(s0 * 0x9e3779bbu), drive, unit);
  }
  var input = inputOf(&now, joined(arrived.exc, outer), arrived.inh);
  if (now.countdown > 0u) {
    now.countdown -= 1u;
    return now;
  }
  if (drive.hasIncrement != 0u) {
    input = plus(input, now.increment);
  }
  now.membrane = stepped(now.membrane, input);
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
export function stateText(shape: KernelShape): string {
  const names = stateNames(shape);
  const at = (k: number) => `state[at + ${k * shape.unitCount}u]`;
  return `
fn loadUnit(at: u32) -> Unit {
  return Unit(${names.map((_, k) => at(k)).join(', ')}, 0u, false);
}

fn storeUnit(at: u32, unit: Unit) {
  ${names.map((name, k) => `${at(k)} = unit.${name};`).join('\n  ')}
}
`;
}
