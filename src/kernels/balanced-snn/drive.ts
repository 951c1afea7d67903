/**
 * External drive of the network, one value per unit: Poisson spikes of rate nu_ext = eta nuThr on each of C_E synapses
 * (one Poisson count of mean eta nuThr C_E dt per step), a constant current, or both. Between slices the drive may be
 * replaced, which is how a step, ramp or sine enters.
 *
 * A constant current is given as mu = R I in mV, the potential it would hold: V <- V a + mu (1 - a), a = exp(-dt/tauMem).
 */
import { ParameterError, ShapeMismatchError } from '../../core/errors';
import { maxExternalCount, type NetworkConstants } from './params';
import { buildThresholdTable, type ThresholdTable } from './poisson';

export interface Drive {
  /** External rate in units of nuThr, [unit]. A negative rate counts as 0. Absent: no Poisson input. */
  readonly eta?: Float32Array | undefined;
  /** Constant current as mu = R I, mV, [unit]. Absent: none. */
  readonly mu?: Float32Array | undefined;
}

/** A drive in the form both simulators read. */
export interface ResolvedDrive {
  readonly thresholds: ThresholdTable;
  /** mV added per step, [unit], float32; null where there is no constant current. */
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
  if (bad >= 0) {
    throw new ParameterError({
      code: 'drive.not-finite',
      message: `The drive ${name} of neuron ${bad} is ${values[bad]}.`,
      found: String(values[bad]),
      expected: 'a finite number',
      cure: 'Check the input for missing values.',
    });
  }
}

/** Checks a drive and resolves it. Throws ShapeMismatchError, or ParameterError for NaN and for rates out of reach. */
export function resolveDrive(constants: NetworkConstants, drive: Drive): ResolvedDrive {
  const { unitCount, externalCountPerEta, decay } = constants;
  const means = new Float64Array(unitCount);
  if (drive.eta) {
    requireFinite(drive.eta, 'eta', unitCount);
    for (let unit = 0; unit < unitCount; unit++) {
      const mean = Math.max(0, drive.eta[unit] as number) * externalCountPerEta;
      if (mean > maxExternalCount) {
        throw new ParameterError({
          code: 'drive.too-strong',
          message: `Neuron ${unit} would receive ${mean.toFixed(0)} external spikes per step.`,
          param: 'externalDrive',
          found: String(drive.eta[unit]),
          expected: `at most ${(maxExternalCount / externalCountPerEta).toFixed(1)} at this dt and jExc`,
          cure: 'Lower the drive or dt, or raise jExc.',
        });
      }
      means[unit] = mean;
    }
  }
  let increments: Float32Array | null = null;
  if (drive.mu) {
    requireFinite(drive.mu, 'mu', unitCount);
    // With the float32 decay, so that the potential settles at mu and not beside it.
    increments = drive.mu.map((mu) => mu * (1 - decay));
  }
  return { thresholds: buildThresholdTable(means), increments };
}
