/** What a trial of a benchmark network starts from (models.ts); a pure function of seed, trial and unit. */
import { type DrawKey, fillNormal, fillUniform, Purpose } from '../../core/random/draws';
import type { LifConstants, LifParams } from './models';

/** Draws of different variables lie this far apart in their stream; a network has fewer units. */
const stride = 2 ** 20;
// Means and standard deviations of g_e and g_i in COBA, leak conductances.
const excMean = 4;
const excDeviation = 1.5;
const inhMean = 20;
const inhDeviation = 12;

export function drawLifState(
  params: LifParams,
  constants: LifConstants,
  trial: number,
  voltage: Float32Array,
  exc: Float32Array,
  inh: Float32Array,
): void {
  const key: DrawKey = { seed: params.seedInit, purpose: Purpose.initialState, item: trial };
  const { reset, threshold, scaleExc, scaleInh } = constants;
  fillUniform(voltage, key);
  for (let i = 0; i < voltage.length; i++) voltage[i] = reset + (voltage[i] as number) * (threshold - reset);
  if (params.model === 'cuba') {
    exc.fill(0);
    inh.fill(0);
    return;
  }
  fillNormal(exc, key, stride);
  fillNormal(inh, key, 2 * stride);
  for (let i = 0; i < exc.length; i++) {
    exc[i] = scaleExc * (excMean + excDeviation * (exc[i] as number));
    inh[i] = scaleInh * (inhMean + inhDeviation * (inh[i] as number));
  }
}
