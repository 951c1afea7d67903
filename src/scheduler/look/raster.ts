/** A window of a spike raster: counts per cell and, where they are few, the spikes themselves. */
import type { RasterLook, RasterRequest } from '../../kit/look';
import type { SpikeChunk, SpikesValue } from '../../kit/values';

/** A part of the answer takes about this long, so that pictures grow while they are read. ms */
const PART_MS = 80;
const LIMIT = 0xffff;

/** First position in `steps` from `from` to `to` (ascending) whose step is at least `step`. */
function lowerBound(steps: Uint32Array, from: number, to: number, step: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Gathered {
  readonly counts: Uint16Array;
  units: number[];
  steps: number[];
  spikes: number;
}

function gather(chunk: SpikeChunk, stepCount: number, request: RasterRequest, into: Gathered): void {
  const { fromStep, toStep, fromUnit, toUnit, columns, rows, marks } = request;
  const perStep = columns / (toStep - fromStep);
  const perUnit = rows / (toUnit - fromUnit);
  const { counts } = into;
  for (let k = 0; k < chunk.itemCount; k++) {
    const start = (chunk.firstItem + k) * stepCount;
    if (start >= toStep || start + stepCount <= fromStep) continue;
    const [begin, end] = [chunk.offsets[k] as number, chunk.offsets[k + 1] as number];
    const first = lowerBound(chunk.steps, begin, end, Math.max(0, Math.ceil(fromStep - start)));
    for (let e = first; e < end; e++) {
      const step = start + (chunk.steps[e] as number);
      if (step >= toStep) break;
      const unit = chunk.units[e] as number;
      if (unit < fromUnit || unit >= toUnit) continue;
      into.spikes++;
      const cell = Math.floor((unit - fromUnit) * perUnit) * columns + Math.floor((step - fromStep) * perStep);
      const count = counts[cell] as number;
      if (count < LIMIT) counts[cell] = count + 1;
      if (into.spikes <= marks) {
        into.units.push(unit);
        into.steps.push(step);
      }
    }
  }
}

export async function lookAtRaster(
  value: SpikesValue,
  request: RasterRequest,
  now: () => number = () => performance.now(),
): Promise<RasterLook> {
  const { fromStep, toStep, columns, rows, marks } = request;
  const into: Gathered = { counts: new Uint16Array(columns * rows), units: [], steps: [], spikes: 0 };
  const begun = now();
  let index = request.chunk;
  for (; index < value.chunks.length; index++) {
    const info = value.chunks[index];
    if (!info || (info.firstItem + info.itemCount) * value.stepCount <= fromStep) continue;
    if (info.firstItem * value.stepCount >= toStep) {
      index = value.chunks.length;
      break;
    }
    gather(await value.read(index), value.stepCount, request, into);
    if (now() - begun > PART_MS) {
      index++;
      break;
    }
  }
  const last = value.chunks[index];
  const more = last !== undefined && last.firstItem * value.stepCount < toStep;
  const few = into.spikes <= marks;
  return {
    what: 'raster',
    next: more ? index : null,
    spikes: into.spikes,
    counts: into.counts,
    units: few ? Uint32Array.from(into.units) : null,
    steps: few ? Uint32Array.from(into.steps) : null,
  };
}
