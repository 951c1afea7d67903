/** Raster of one item, small: about a hundred units, fewer where they fire so often that their spikes would not fit. */
import type { SpikesPreview } from '../kit/preview';
import type { SpikeEvents } from '../kit/spike-look';
import type { Population, SpikeChunk, SpikesValue } from '../kit/values';

const RASTER_UNITS = 100;
const RASTER_SPIKES = 8000;

/** About `wanted` units: evenly spaced within each population, its share by size, at least one each. */
function chooseUnits(populations: readonly Population[], unitCount: number, wanted: number): Uint32Array {
  const chosen: number[] = [];
  for (const { start, count } of populations) {
    const share = Math.min(count, Math.max(1, Math.round((wanted * count) / unitCount)));
    for (let k = 0; k < share; k++) chosen.push(start + Math.floor((k * count) / share));
  }
  return Uint32Array.from(chosen);
}

/** Position of each unit among `units`, -1 for the others. */
function rowsOf(units: Uint32Array, unitCount: number): Int32Array {
  const rows = new Int32Array(unitCount).fill(-1);
  units.forEach((unit, row) => {
    rows[unit] = row;
  });
  return rows;
}

const eventsOf = ({ offsets, units, steps, firstItem }: SpikeChunk, item: number): SpikeEvents => {
  const [from, to] = [offsets[item - firstItem] as number, offsets[item - firstItem + 1] as number];
  return { units: units.subarray(from, to), steps: steps.subarray(from, to) };
};

const countDrawn = ({ units }: SpikeEvents, rows: Int32Array): number =>
  units.reduce((sum, unit) => sum + ((rows[unit] as number) >= 0 ? 1 : 0), 0);

/** Mean rate of each population after the part left out, Hz. */
function ratesOf({ units, steps }: SpikeEvents, value: SpikesValue): number[] {
  const seconds = ((value.stepCount - value.discardSteps) * value.dt) / 1000;
  return value.populations.map(({ start, count }) => {
    let spikes = 0;
    for (let e = 0; e < units.length; e++) {
      const unit = units[e] as number;
      if ((steps[e] as number) >= value.discardSteps && unit >= start && unit < start + count) spikes++;
    }
    return count > 0 && seconds > 0 ? spikes / (count * seconds) : 0;
  });
}

/** Position of the first item with a spike, 0 where none has one: a grid of drives begins with silent ones. */
async function firstActive(value: SpikesValue): Promise<number> {
  const index = value.chunks.findIndex(({ spikeCount }) => spikeCount > 0);
  if (index < 0) return 0;
  const { firstItem, itemCount, offsets } = await value.read(index);
  for (let k = 0; k < itemCount; k++) if ((offsets[k + 1] as number) > (offsets[k] as number)) return firstItem + k;
  return 0;
}

async function itemEvents(value: SpikesValue, item: number): Promise<SpikeEvents> {
  const index = value.chunks.findIndex((chunk) => item >= chunk.firstItem && item < chunk.firstItem + chunk.itemCount);
  return index >= 0
    ? eventsOf(await value.read(index), item)
    : { units: new Uint32Array(0), steps: new Uint32Array(0) };
}

/** Every spike of one item, as arrays of their own: a view would take its whole chunk across threads. */
export async function eventsOfItem(value: SpikesValue, item: number): Promise<SpikeEvents> {
  const { units, steps } = await itemEvents(value, item);
  return { units: units.slice(), steps: steps.slice() };
}

/** Without `wanted`, shows the first item that fires. */
export async function spikesPreview(value: SpikesValue, wanted?: number): Promise<SpikesPreview> {
  const itemCount = value.items.ids.length;
  const item = Math.min(Math.max(0, wanted ?? (await firstActive(value))), itemCount - 1);
  const events = await itemEvents(value, item);
  let units = chooseUnits(value.populations, value.unitCount, RASTER_UNITS);
  let rowOf = rowsOf(units, value.unitCount);
  let drawn = countDrawn(events, rowOf);
  if (drawn > RASTER_SPIKES) {
    units = chooseUnits(value.populations, value.unitCount, Math.floor((RASTER_UNITS * RASTER_SPIKES) / drawn));
    rowOf = rowsOf(units, value.unitCount);
    drawn = countDrawn(events, rowOf);
  }
  // Very long items: every k-th spike, over the whole time.
  const stride = Math.max(1, Math.ceil(drawn / RASTER_SPIKES));
  const rows: number[] = [];
  const steps: number[] = [];
  let seen = 0;
  for (let e = 0; e < events.units.length; e++) {
    const row = rowOf[events.units[e] as number] as number;
    if (row < 0 || seen++ % stride !== 0) continue;
    rows.push(row);
    steps.push(events.steps[e] as number);
  }
  return {
    kind: 'spikes',
    item,
    itemId: value.items.ids[item] ?? 0,
    itemCount,
    unitCount: value.unitCount,
    stepCount: value.stepCount,
    discardSteps: value.discardSteps,
    dt: value.dt,
    populations: value.populations,
    units,
    rows: Uint16Array.from(rows),
    steps: Uint32Array.from(steps),
    spikesInItem: events.units.length,
    spikeCount: value.spikeCount,
    rates: ratesOf(events, value),
  };
}
