/**
 * Spikes as one NPZ: `unit`, `step` and `item` (the item's id) of every event, in item and step order, `dt_ms`, and what
 * is needed to read them alone: `item_ids` and `item_split` of every item, silent ones too, `step_count`,
 * `discard_steps`, `unit_count`. Integers take as few bytes as they need.
 */
import type { SpikesValue } from '../../kit/values';
import { writeNpz } from '../npz';
import type { ExportedFile } from './exported-file';

const counters = (size: number, limit: number): Uint8Array | Uint16Array | Uint32Array =>
  limit <= 0x100 ? new Uint8Array(size) : limit <= 0x10000 ? new Uint16Array(size) : new Uint32Array(size);

export async function exportSpikes(name: string, spikes: SpikesValue): Promise<ExportedFile[]> {
  const { ids, split } = spikes.items;
  const unit = counters(spikes.spikeCount, spikes.unitCount);
  const step = counters(spikes.spikeCount, spikes.stepCount);
  const item = new Int32Array(spikes.spikeCount);
  let at = 0;
  for (let index = 0; index < spikes.chunks.length; index++) {
    const chunk = await spikes.read(index);
    const events = chunk.offsets[chunk.itemCount] as number;
    unit.set(chunk.units.subarray(0, events), at);
    step.set(chunk.steps.subarray(0, events), at);
    for (let k = 0; k < chunk.itemCount; k++) {
      const id = ids[chunk.firstItem + k] as number;
      item.fill(id, at + (chunk.offsets[k] as number), at + (chunk.offsets[k + 1] as number));
    }
    at += events;
  }
  const events = [spikes.spikeCount];
  const number = (value: number) => ({ data: Int32Array.of(value), shape: [] });
  const bytes = writeNpz({
    unit: { data: unit, shape: events },
    step: { data: step, shape: events },
    item: { data: item, shape: events },
    dt_ms: { data: Float64Array.of(spikes.dt), shape: [] },
    step_count: number(spikes.stepCount),
    discard_steps: number(spikes.discardSteps),
    unit_count: number(spikes.unitCount),
    item_ids: { data: ids, shape: [ids.length] },
    item_split: { data: split, shape: [split.length] },
  });
  return [{ path: `${name}.npz`, bytes }];
}
