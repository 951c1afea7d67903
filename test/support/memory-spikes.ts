/** Spikes held in memory, chunked as the store would chunk them: for tests of nodes that make or read spikes. */
import type { SpikeHeader, SpikeWriter } from '../../src/kit/context';
import type { ItemTable } from '../../src/kit/item-table';
import type { SpikeChunk, SpikesValue } from '../../src/kit/values';

/** A writer whose chunks end after the item that brings them to `chunkEvents` events. */
export function memorySpikeWriter(header: SpikeHeader, chunkEvents = 65_536): SpikeWriter {
  const chunks: SpikeChunk[] = [];
  let units: number[] = [];
  let steps: number[] = [];
  let offsets = [0];
  let firstItem = 0;
  let added = 0;
  let spikeCount = 0;
  const close = () => {
    if (offsets.length === 1) return;
    chunks.push({
      firstItem,
      itemCount: offsets.length - 1,
      offsets: Uint32Array.from(offsets),
      units: Uint32Array.from(units),
      steps: Uint32Array.from(steps),
    });
    firstItem += offsets.length - 1;
    [units, steps, offsets] = [[], [], [0]];
  };
  return {
    finishedItems: 0,
    add(itemUnits, itemSteps) {
      if (itemUnits.length !== itemSteps.length) throw new Error('Units and steps differ in length.');
      for (let k = 0; k < itemUnits.length; k++) {
        const unit = itemUnits[k] as number;
        const step = itemSteps[k] as number;
        if (unit >= header.unitCount || step >= header.stepCount) throw new Error(`No such event: ${unit} at ${step}.`);
        if (k > 0 && step < (itemSteps[k - 1] as number)) throw new Error('Events must come in step order.');
        units.push(unit);
        steps.push(step);
      }
      offsets.push(units.length);
      added++;
      spikeCount += itemUnits.length;
      if (units.length >= chunkEvents) close();
      return Promise.resolve();
    },
    finish() {
      close();
      const itemCount = header.items.ids.length;
      if (added !== itemCount) throw new Error(`${added} of ${itemCount} items were written.`);
      return Promise.resolve({
        kind: 'spikes',
        ...header,
        spikeCount,
        chunks: chunks.map((chunk) => ({
          firstItem: chunk.firstItem,
          itemCount: chunk.itemCount,
          spikeCount: chunk.units.length,
        })),
        read: (index) => Promise.resolve(chunks[index] as SpikeChunk),
      } satisfies SpikesValue);
    },
  };
}

/** Spikes from lists of [unit, step] per item. */
export function spikesFrom(
  events: readonly (readonly (readonly [number, number])[])[],
  header: Partial<SpikeHeader> & Pick<SpikeHeader, 'unitCount' | 'stepCount'>,
  chunkEvents?: number,
): Promise<SpikesValue> {
  const writer = memorySpikeWriter(
    {
      items: testItems(events.length),
      populations: [{ name: 'excitatory', start: 0, count: header.unitCount }],
      dt: 1,
      discardSteps: 0,
      ...header,
    },
    chunkEvents,
  );
  for (const item of events) {
    void writer.add(
      item.map(([unit]) => unit),
      item.map(([, step]) => step),
    );
  }
  return writer.finish();
}

/** Items with ids from `firstId` on, all in one split. */
export function testItems(count: number, split = 0, firstId = 0): ItemTable {
  return {
    ids: Int32Array.from({ length: count }, (_, i) => firstId + i),
    split: new Uint8Array(count).fill(split),
    columns: {},
  };
}
