/** Rasters for the page: small, over the whole time, of an item that has something to show. */
import { describe, expect, it } from 'vitest';
import { spikesPreview } from '../../../src/scheduler/preview-spikes';
import { spikesFrom } from '../../support/memory-spikes';

const populations = [
  { name: 'excitatory', start: 0, count: 400 },
  { name: 'inhibitory', start: 400, count: 100 },
];

describe('spikesPreview', () => {
  it('shows the first item that fires, and its own rates without the part left out', async () => {
    const events = [[], [], [0, 1, 2, 3].map((unit) => [unit, 10] as [number, number]), [[7, 60] as [number, number]]];
    events[2]?.push([5, 60], [401, 70]);
    const spikes = await spikesFrom(events, { unitCount: 500, stepCount: 100, discardSteps: 50, populations }, 1);
    const preview = await spikesPreview(spikes);
    expect(preview.item).toBe(2);
    expect(preview.spikesInItem).toBe(6);
    // One spike of 400 neurons, and one of 100, in 50 ms.
    expect(preview.rates[0]).toBeCloseTo(1 / 400 / 0.05, 12);
    expect(preview.rates[1]).toBeCloseTo(1 / 100 / 0.05, 12);
    expect((await spikesPreview(spikes, 0)).item).toBe(0);
    expect((await spikesPreview(spikes, 99)).item).toBe(3);
  });

  it('of silent items shows the first', async () => {
    const spikes = await spikesFrom([[], []], { unitCount: 500, stepCount: 100, populations });
    expect(await spikesPreview(spikes)).toMatchObject({ item: 0, spikesInItem: 0, rates: [0, 0] });
  });

  it('draws fewer units where all would be too many spikes, but the whole time', async () => {
    // Every unit fires in every second of 400 steps: 100 units would be 20,000 spikes.
    const events: [number, number][] = [];
    for (let step = 0; step < 400; step += 2) for (let unit = 0; unit < 500; unit++) events.push([unit, step]);
    const spikes = await spikesFrom([events], { unitCount: 500, stepCount: 400, populations });
    const preview = await spikesPreview(spikes);
    expect(preview.rows.length).toBeLessThanOrEqual(8000);
    expect(preview.rows.length).toBeGreaterThan(6000);
    expect(preview.steps.at(-1)).toBe(398);
    expect(preview.units.some((unit) => unit >= 400)).toBe(true);
  });
});
