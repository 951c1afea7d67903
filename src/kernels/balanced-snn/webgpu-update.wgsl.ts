/**
 * WGSL that both kernels share: the xoroshiro64* lane, the Poisson count on the integer threshold table, and the order of a
 * unit's step, which is that of reference.ts. How a membrane moves is webgpu-step.wgsl.ts.
 */

import { settleSteps } from './settling';
import { jobWords, type KernelShape, modelWord, segmentWords, stateNames } from './webgpu-layout';
import { recordingText } from './webgpu-record.wgsl';
import { stepText } from './webgpu-step.wgsl';

export function sharedText(shape: KernelShape): string {
  const { arithmetic, wide, recordedUnits } = shape;
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
  increment: u32, fired: bool,${recordedUnits === null ? '' : ' place: u32,'}
}

@group(0) @binding(0) var<uniform> model: Model;
@group(0) @binding(1) var<storage, read> partStart: array<u32>;
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
${recordingText(shape)}
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
  ${recordedUnits === null ? '' : 'noteArrivals(now.place, step, arrived, outer);'}
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

/** Reading and writing a unit's state, its fields `unitCount` words apart; what a job's drive and recording say of it comes later. */
export function stateText(shape: KernelShape): string {
  const names = stateNames(shape);
  const at = (k: number) => `state[at + ${k * shape.unitCount}u]`;
  return `
fn loadUnit(at: u32) -> Unit {
  return Unit(${names.map((_, k) => at(k)).join(', ')}, 0u, false${shape.recordedUnits === null ? '' : ', never'});
}

fn storeUnit(at: u32, unit: Unit) {
  ${names.map((name, k) => `${at(k)} = unit.${name};`).join('\n  ')}
}
`;
}
