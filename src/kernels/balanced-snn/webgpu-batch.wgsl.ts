/**
 * Many small networks at once: one workgroup simulates one job for many steps of one dispatch. A thread keeps the state
 * of its units in registers, arrivals are counted in workgroup memory, the graph is only read.
 *
 *   deliver  spikes that arrive now: +1 or +2^16 at each target       (integers: order cannot matter)
 *   barrier
 *   update   units of this thread; who fires joins the job's ring of spikes, and the list that the host will read
 *   barrier  and the step's end is noted for later delivery and for the host
 *
 * Where delays differ, all spikes between the longest and the shortest delay ago arrive, each at the part of its row that has the
 * delay of its age.
 */
import { type KernelShape, segmentWords, stateNames } from './webgpu-layout';
import { sharedText, stateText } from './webgpu-update.wgsl';

export interface BatchShape extends KernelShape {
  /** Spikes in the ring of those that a job has still to deliver. */
  readonly ringSize: number;
  /** Steps whose ends a job remembers: a power of two. */
  readonly endCount: number;
}

/** Bits of a waiting spike that hold the unit; those above hold its step, as far as they reach. */
const ringUnitBits = 12;

export function batchText(shape: BatchShape): string {
  const { unitCount, delaySteps, delayCount, rowThreads, workgroupSize, ringSize, endCount } = shape;
  const low = (bits: number) => `${2 ** bits - 1}u`;
  const perThread = Math.ceil(unitCount / workgroupSize);
  const each = (line: (k: number) => string) => Array.from({ length: perThread }, (_, k) => line(k)).join('\n');
  // Only the last unit of a thread can be past the end.
  const guarded = (k: number, body: string) =>
    (k + 1) * workgroupSize > unitCount ? `if (thread < ${unitCount - k * workgroupSize}u) { ${body} }` : body;
  const unit = (k: number) => `thread + ${k * workgroupSize}u`;
  const recording = shape.recordedUnits !== null;
  const place = (k: number) => (recording ? `unit${k}.place = recordPlace(group.x, ${unit(k)});` : '');
  const sampled = `if (isSample(sample, step)) {
      ${each((k) => guarded(k, `noteMembrane(group.x, ${unit(k)}, sample, unit${k}.membrane);`))}
      sample++;
    }`;
  const newIncrement = (k: number) => `unit${k}.increment = incrementOf(drive, ${unit(k)});`;
  return `
${sharedText(shape)}
${stateText(shape)}
@group(0) @binding(6) var<storage, read_write> spikes: array<u32>;
/** What the host reads: the ends of steps, [job, step], then the spikes of the slice, [job, number]. */
@group(0) @binding(7) var<storage, read_write> fresh: array<u32>;

var<workgroup> arriving: array<atomic<u32>, ${unitCount}>;
var<workgroup> written: atomic<u32>;

@compute @workgroup_size(${workgroupSize})
fn simulate(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let stateBase = group.x * ${stateNames(shape).length * unitCount}u;
  let ring = group.x * ${ringSize}u;
  let ends = group.x * ${endCount}u;
  var drive = driveAt(group.x, model.firstStep);
  ${each((k) => `var unit${k}: Unit; ${guarded(k, `unit${k} = loadUnit(stateBase + ${unit(k)}); ${newIncrement(k)} ${place(k)}`)}`)}
  ${recording ? 'var sample = model.firstSample;' : ''}
  let before = fresh[ends + ((model.firstStep - 1u) & ${endCount - 1}u)];
  let list = model.listStart + group.x * model.sliceSpikes;
  if (thread == 0u) {
    atomicStore(&written, before);
  }

  for (var done = 0u; done < model.steps; done++) {
    let step = model.firstStep + done;
    while (step >= drive.until) {
      drive = segment(drive.place + ${segmentWords}u);
      ${each((k) => guarded(k, newIncrement(k)))}
    }
    ${recording ? sampled : ''}
    let begin = fresh[ends + ((step - ${delaySteps + delayCount}u) & ${endCount - 1}u)];
    let end = fresh[ends + ((step - ${delaySteps}u) & ${endCount - 1}u)];
    for (var n = begin + thread / ${rowThreads}u; n < end; n += ${workgroupSize / rowThreads}u) {
      let spike = spikes[ring + n % ${ringSize}u];
      let source = spike & ${low(ringUnitBits)};
      let longer = (step - ${delaySteps}u - (spike >> ${ringUnitBits}u)) & ${low(32 - ringUnitBits)};
      let part = source * ${delayCount}u + longer;
      let by = arrivalOf(source);
      let rowEnd = partStart[part + 1u];
      for (var k = partStart[part] + thread % ${rowThreads}u; k < rowEnd; k += ${rowThreads}u) {
        atomicAdd(&arriving[targetAt(k)], by);
      }
    }
    workgroupBarrier();

    ${each((k) =>
      guarded(
        k,
        `unit${k} = updated(unit${k}, ${unit(k)}, step, drive, counted(atomicExchange(&arriving[${unit(k)}], 0u)));
    if (unit${k}.fired) {
      let at = atomicAdd(&written, 1u);
      spikes[ring + at % ${ringSize}u] = (${unit(k)}) | (step << ${ringUnitBits}u);
      fresh[list + at - before] = ${unit(k)};
    }`,
      ),
    )}
    workgroupBarrier();
    if (thread == 0u) {
      fresh[ends + (step & ${endCount - 1}u)] = atomicLoad(&written);
    }
    storageBarrier();
  }

  ${each((k) => guarded(k, `storeUnit(stateBase + ${unit(k)}, unit${k});`))}
}
`;
}
