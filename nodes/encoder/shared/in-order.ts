/** Spikes of items that finish in any order, written in item order; the channels of an item are joined by step. */
import type { EncodedItem } from '../../../src/kernels/balanced-snn/task';
import type { SpikeWriter } from '../../../src/kit/context';

export class InOrder {
  private readonly waiting = new Map<number, EncodedItem>();
  private next = 0;
  private chain: Promise<void> = Promise.resolve();

  constructor(
    private readonly writer: SpikeWriter,
    private readonly channels: number,
    private readonly unitCount: number,
  ) {}

  take(index: number, result: EncodedItem): Promise<void> {
    this.waiting.set(index, result);
    this.chain = this.chain.then(() => this.flush());
    return this.chain;
  }

  private async flush(): Promise<void> {
    for (;;) {
      const runs: EncodedItem[] = [];
      for (let c = 0; c < this.channels; c++) {
        const run = this.waiting.get(this.next + c);
        if (!run) return;
        runs.push(run);
      }
      for (let c = 0; c < this.channels; c++) this.waiting.delete(this.next + c);
      this.next += this.channels;
      const [only] = runs;
      if (only && runs.length === 1) await this.writer.add(only.units, only.steps);
      else await this.writer.add(...this.merge(runs));
    }
  }

  private merge(runs: readonly EncodedItem[]): [Uint32Array, Uint32Array] {
    const total = runs.reduce((sum, run) => sum + run.count, 0);
    const units = new Uint32Array(total);
    const steps = new Uint32Array(total);
    const at = runs.map(() => 0);
    for (let k = 0; k < total; k++) {
      let best = -1;
      let bestStep = Number.POSITIVE_INFINITY;
      for (let c = 0; c < runs.length; c++) {
        const step = runs[c]?.steps[at[c] as number];
        if (step !== undefined && (at[c] as number) < (runs[c]?.count ?? 0) && step < bestStep) {
          best = c;
          bestStep = step;
        }
      }
      units[k] = (runs[best]?.units[at[best] as number] as number) + best * this.unitCount;
      steps[k] = bestStep;
      at[best] = (at[best] as number) + 1;
    }
    return [units, steps];
  }
}
