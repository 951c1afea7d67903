/**
 * Power spectrum of a population's spike counts by Welch's method: Hann windows of one length that overlap by half,
 * averaged, in units of what independent Poisson spikes of the same rate would give (1 at every frequency).
 * P. D. Welch (1967), IEEE Trans. Audio Electroacoust. 15:70-73.
 */
import { meanOf } from './moments';

export interface Spectrum {
  /** Hz, from the lowest above 0 to half the sampling rate. */
  readonly frequency: Float64Array;
  readonly power: Float64Array;
}

/** Adds up the spectra of several trials. `segment`: bins of a window; shorter series are taken whole. */
export class WelchSpectrum {
  private power = new Float64Array(0);
  private segments = 0;
  private length = 0;

  constructor(
    /** ms */
    private readonly binWidth: number,
    private readonly segment: number,
  ) {}

  add(counts: ArrayLike<number>): void {
    const length = Math.min(this.segment, counts.length);
    if (length < 4) return;
    if (this.length === 0) {
      this.length = length;
      this.power = new Float64Array(Math.floor(length / 2));
    }
    if (length !== this.length) throw new RangeError('All trials must be of one length.');
    const mean = meanOf(counts);
    if (!(mean > 0)) return;
    const window = Float64Array.from({ length }, (_, t) => Math.sin((Math.PI * (t + 0.5)) / length) ** 2);
    const norm = mean * window.reduce((sum, weight) => sum + weight * weight, 0);
    const turn = Float64Array.from({ length }, (_, t) => Math.cos((2 * Math.PI * t) / length));
    const quarter = length / 4;
    for (let start = 0; start + length <= counts.length; start += Math.max(1, Math.floor(length / 2))) {
      const part = window.map((weight, t) => weight * ((counts[start + t] as number) - mean));
      for (let k = 1; k <= this.power.length; k++) {
        let [real, imaginary] = [0, 0];
        for (let t = 0; t < length; t++) {
          const phase = (k * t) % length;
          real += (part[t] as number) * (turn[phase] as number);
          const sine =
            quarter % 1 === 0
              ? (turn[(phase + 3 * quarter) % length] as number)
              : Math.sin((2 * Math.PI * phase) / length);
          imaginary -= (part[t] as number) * sine;
        }
        this.power[k - 1] = (this.power[k - 1] as number) + (real * real + imaginary * imaginary) / norm;
      }
      this.segments++;
    }
  }

  finish(): Spectrum {
    const step = 1000 / (this.length * this.binWidth);
    return {
      frequency: Float64Array.from(this.power, (_, k) => (k + 1) * step),
      power: this.power.map((sum) => sum / Math.max(1, this.segments)),
    };
  }
}

/** Frequency of the largest power from `from` Hz on; NaN without any. */
export function peakFrequency({ frequency, power }: Spectrum, from: number): number {
  let [best, at] = [0, Number.NaN];
  for (let k = 0; k < power.length; k++) {
    if ((frequency[k] as number) < from || (power[k] as number) <= best) continue;
    [best, at] = [power[k] as number, frequency[k] as number];
  }
  return at;
}
