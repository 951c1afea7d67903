/**
 * External drive of the network, one value per unit or one for all: Poisson spikes of rate nu_ext = eta nuThr on each of
 * C_E synapses (one Poisson count of mean eta nuThr C_E dt per step) or, where the external input is constant, their mean
 * J eta nuThr C_E dt in every step; a constant current; or both. Between slices the drive may be replaced, which is how a
 * step, ramp or sine enters (drive-schedule.ts).
 *
 * A constant current is given as mu = R I in mV, the potential it would hold: V <- V a + mu (1 - a), a = exp(-dt/tauMem).
 */
import { ParameterError, ShapeMismatchError } from '../../core/errors';
import { maxExternalCount, type NetworkConstants } from './params';
import { buildThresholdTable, type ThresholdTable } from './poisson';

export interface Drive {
  /** External rate in units of nuThr, [unit] or the same for all. A negative rate counts as 0. Absent: no such input. */
  readonly eta?: number | Float32Array | undefined;
  /** Constant current as mu = R I, mV, [unit]. Absent: none. */
  readonly mu?: Float32Array | undefined;
}

/** A drive in the form both simulators read. */
export interface ResolvedDrive {
  readonly thresholds: ThresholdTable;
  /** mV added per step, [unit], float32; null where there is no constant input. */
  readonly increments: Float32Array | null;
}

function requireFinite(values: Float32Array, name: string, unitCount: number): void {
  if (values.length !== unitCount) {
    throw new ShapeMismatchError({
      code: 'drive.length',
      message: `The drive ${name} has ${values.length} values for ${unitCount} neurons.`,
      found: String(values.length),
      expected: String(unitCount),
    });
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) refuseValue(`${name} of neuron ${bad}`, values[bad] as number);
}

function refuseValue(what: string, value: number): never {
  throw new ParameterError({
    code: 'drive.not-finite',
    message: `The drive ${what} is ${value}.`,
    found: String(value),
    expected: 'a finite number',
    cure: 'Check the input for missing values.',
  });
}

/** Mean external spikes of a step at rate `eta`. */
function meanCount(eta: number, unit: number | null, { externalCountPerEta }: NetworkConstants): number {
  const mean = Math.max(0, eta) * externalCountPerEta;
  if (mean <= maxExternalCount) return mean;
  throw new ParameterError({
    code: 'drive.too-strong',
    message: `${unit === null ? 'Every neuron' : `Neuron ${unit}`} would receive ${mean.toFixed(0)} external spikes per step.`,
    param: 'externalDrive',
    found: String(eta),
    expected: `at most ${(maxExternalCount / externalCountPerEta).toFixed(1)} at this dt and jExc`,
    cure: 'Lower the drive or dt, or raise jExc.',
  });
}

/** Checks a drive and resolves it. Throws ShapeMismatchError, or ParameterError for NaN and for rates out of reach. */
export function resolveDrive(constants: NetworkConstants, drive: Drive): ResolvedDrive {
  const { unitCount, externalIncrementPerEta, decay } = constants;
  const { mu } = drive;
  if (mu) requireFinite(mu, 'mu', unitCount);
  // One number is rounded as a map of it would be, so that both give the same spikes.
  const eta = typeof drive.eta === 'number' ? Math.fround(drive.eta) : drive.eta;
  if (typeof eta === 'object') requireFinite(eta, 'eta', unitCount);
  else if (eta !== undefined && !Number.isFinite(eta)) refuseValue('eta', eta);
  const constantInput = externalIncrementPerEta > 0;
  let means = new Float64Array(1);
  if (eta !== undefined && !constantInput) {
    if (typeof eta === 'number') means[0] = meanCount(eta, null, constants);
    else {
      means = new Float64Array(unitCount);
      for (let unit = 0; unit < unitCount; unit++) means[unit] = meanCount(eta[unit] as number, unit, constants);
    }
  }
  let increments: Float32Array | null = null;
  if (mu || (eta !== undefined && constantInput)) {
    increments = new Float32Array(unitCount);
    for (let unit = 0; unit < unitCount; unit++) {
      const rate = constantInput && eta !== undefined ? (typeof eta === 'number' ? eta : (eta[unit] as number)) : 0;
      // With the float32 decay, so that the potential settles at mu and not beside it.
      const current = mu ? (mu[unit] as number) * (1 - decay) : 0;
      increments[unit] = current + Math.max(0, rate) * externalIncrementPerEta;
    }
  }
  return { thresholds: buildThresholdTable(means), increments };
}
