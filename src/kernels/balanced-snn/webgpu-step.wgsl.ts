/**
 * WGSL of one membrane step in either arithmetic, and how inputs enter it.
 *
 * WGSL lets a compiler fuse a * b + c and reorder sums, which would change the last bit of a membrane and, as balanced
 * networks are chaotic, every spike some 50 ms later. So every product and sum passes through `rounded`: an exclusive-or
 * of its bits with a zero that only the uniform block knows, which no compiler can look through. What is left to the device is
 * the rounding direction (nearest on all that are known) and whether subnormal numbers become 0.
 */
import type { KernelShape } from './webgpu-layout';

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

export const stepText = ({ arithmetic, exponential }: KernelShape): string =>
  arithmetic === 'fixed' ? fixedText : `${floatText}${exponential ? floatCurrents : floatJumps}`;
