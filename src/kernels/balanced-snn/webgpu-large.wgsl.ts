/**
 * One large network: a round is as many steps as the shortest delay allows, so that no spike of a round arrives within it. Two
 * dispatches a round, whatever its length:
 *
 *   integrate  one thread per unit, all steps of the round in registers; spikes are appended as unit | step in round << 21
 *   scatter    a workgroup per spike walks its row: +1 or +2^16 in the slot of step + delay, each part of the row having its own
 *
 * Arrivals are a ring [slot, unit] of as many slots as the longest delay has steps; the slot that a step reads and clears is the
 * one that its own spikes of that delay fill. Arrival counts are integers, so the order of the additions cannot matter.
 */
import { type KernelShape, segmentWords } from './webgpu-layout';
import { sharedText, stateText } from './webgpu-update.wgsl';

/** Bits of a logged spike that hold the unit: 2,097,152 units. */
export const unitBits = 21;
/** Steps in a round at most; with the unit they fill a word. */
export const mostRoundSteps = 64;
/** Workgroups that share the spikes of a round: about one per spike at some 40 Hz and a delay of 1.5 ms. */
export function scatterGroups(unitCount: number): number {
  return Math.min(1024, Math.max(16, Math.ceil(unitCount / 16)));
}

/** Slots of the ring of arrivals. */
export const slotCount = ({ delaySteps, delayCount }: Pick<KernelShape, 'delaySteps' | 'delayCount'>): number =>
  delaySteps + delayCount - 1;

export function largeText(shape: KernelShape): string {
  const { unitCount, delaySteps, delayCount, rowThreads, workgroupSize } = shape;
  const slots = slotCount(shape);
  const recording = shape.recordedUnits !== null;
  const sampled = `if (isSample(sample, step)) {
      noteMembrane(0u, unit, sample, now.membrane);
      sample++;
    }`;
  return `
${sharedText(shape)}
${stateText(shape)}
@group(0) @binding(6) var<storage, read_write> spikes: array<u32>;
/** [0] spikes written so far in this submit; [1 + round] those at the end of each round. */
@group(0) @binding(7) var<storage, read_write> counters: array<atomic<u32>>;
@group(0) @binding(8) var<storage, read_write> arriving: array<atomic<u32>>;

@compute @workgroup_size(${workgroupSize})
fn integrate(@builtin(global_invocation_id) id: vec3<u32>) {
  let unit = id.x;
  if (unit >= ${unitCount}u) {
    return;
  }
  var drive = driveAt(0u, model.firstStep);
  var now = loadUnit(unit);
  now.increment = incrementOf(drive, unit);
  ${recording ? 'now.place = recordPlace(0u, unit);\n  var sample = model.firstSample;' : ''}
  for (var k = 0u; k < model.steps; k++) {
    let step = model.firstStep + k;
    while (step >= drive.until) {
      drive = segment(drive.place + ${segmentWords}u);
      now.increment = incrementOf(drive, unit);
    }
    ${recording ? sampled : ''}
    let slot = step % ${slots}u;
    let at = slot * ${unitCount}u + unit;
    let arrived = atomicLoad(&arriving[at]);
    if (arrived != 0u) {
      atomicStore(&arriving[at], 0u);
    }
    now = updated(now, unit, step, drive, counted(arrived));
    if (now.fired) {
      spikes[atomicAdd(&counters[0], 1u)] = unit | (k << ${unitBits}u);
    }
  }
  storeUnit(unit, now);
}

@compute @workgroup_size(${workgroupSize})
fn scatter(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  var begin = 0u;
  if (model.round > 0u) {
    begin = atomicLoad(&counters[model.round]);
  }
  let end = atomicLoad(&counters[0]);
  if (group.x == 0u && thread == 0u) {
    atomicStore(&counters[model.round + 1u], end);
  }
  for (var n = begin + group.x; n < end; n += ${scatterGroups(unitCount)}u) {
    let spike = spikes[n];
    let source = spike & ${2 ** unitBits - 1}u;
    let arrives = model.firstStep + (spike >> ${unitBits}u) + ${delaySteps}u;
    let by = arrivalOf(source);
    for (var longer = thread / ${rowThreads}u; longer < ${delayCount}u; longer += ${workgroupSize / rowThreads}u) {
      let base = ((arrives + longer) % ${slots}u) * ${unitCount}u;
      let part = source * ${delayCount}u + longer;
      let partEnd = partStart[part + 1u];
      for (var k = partStart[part] + thread % ${rowThreads}u; k < partEnd; k += ${rowThreads}u) {
        atomicAdd(&arriving[base + targetAt(k)], by);
      }
    }
  }
}
`;
}
