/**
 * Poisson counts (poisson.ts) looked up in one step for nearly every word: the words are cut into 1,024 cells, and where no
 * threshold falls within a cell its count is known. Elsewhere, and where units have rates of their own, thresholds are compared.
 */
import type { ThresholdTable } from './poisson';

const cellBits = 10;
const cells = 1 << cellBits;
const scrambler = 0x9e3779bb | 0;
const cellWords = 2 ** (32 - cellBits);

export class PoissonGuide {
  /** Count of all words of a cell, or -1 - the least of them where a threshold falls within. */
  private readonly counts = new Int16Array(cells);
  private readonly levels: Int32Array;
  private readonly levelCount: number;
  /** From one level of a unit to its next. */
  private readonly stride: number;
  private readonly unitStride: number;
  private readonly homogeneous: boolean;

  constructor({ levels, levelCount, homogeneous }: ThresholdTable, unitCount: number) {
    this.levels = levels;
    this.levelCount = levelCount;
    this.homogeneous = homogeneous;
    this.stride = homogeneous ? 1 : unitCount;
    this.unitStride = homogeneous ? 0 : 1;
    if (!homogeneous) return;
    for (let cell = 0; cell < cells; cell++) {
      const first = cell * cellWords - 2 ** 31;
      const least = this.countFrom(0, first + cellWords - 1, 0);
      this.counts[cell] = this.countFrom(0, first, 0) === least ? least : -1 - least;
    }
  }

  /** Draws a word of every unit's xoroshiro64* lane and adds the unit's count to `sums`. */
  addCounts(lane0: Int32Array, lane1: Int32Array, sums: Int32Array): void {
    const { counts, homogeneous } = this;
    const n = lane0.length;
    for (let i = 0; i < n; i++) {
      const s0 = lane0[i] as number;
      const s1 = (lane1[i] as number) ^ s0;
      lane0[i] = ((s0 << 26) | (s0 >>> 6)) ^ s1 ^ (s1 << 9);
      lane1[i] = (s1 << 13) | (s1 >>> 19);
      const word = Math.imul(s0, scrambler);
      const known = homogeneous ? (counts[(word >>> (32 - cellBits)) ^ (cells >> 1)] as number) : -1;
      sums[i] = ((sums[i] as number) + (known >= 0 ? known : this.countFrom(-1 - known, word, i))) | 0;
    }
  }

  /** The count that `unit` draws when its lane stands at `s0`. */
  count(s0: number, unit: number): number {
    const word = Math.imul(s0, scrambler);
    if (!this.homogeneous) return this.countFrom(0, word, unit);
    const known = this.counts[(word >>> (32 - cellBits)) ^ (cells >> 1)] as number;
    return known >= 0 ? known : this.countFrom(-1 - known, word, unit);
  }

  /** Thresholds below the first `least` are known to be reached. */
  private countFrom(least: number, word: number, unit: number): number {
    const { levels, levelCount, stride, unitStride } = this;
    let reached = least;
    while (reached < levelCount && word < (levels[reached * stride + unit * unitStride] as number)) reached++;
    return reached;
  }
}
