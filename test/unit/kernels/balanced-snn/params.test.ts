import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../src/core/errors';
import { roundHalfToEven } from '../../../../src/core/round';
import { defaultNetworkParams, deriveConstants, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { spikingNetwork } from '../../../../src/kernels/balanced-snn/spiking-network';

const derive = (change: Partial<NetworkParams>) => deriveConstants({ ...defaultNetworkParams, ...change });

describe('network parameters', () => {
  it('rounds halves to the even number', () => {
    expect([0.5, 1.5, 2.5, 3.5, 102.4, 25.6, 7].map(roundHalfToEven)).toEqual([0, 2, 2, 4, 102, 26, 7]);
  });

  it('derives steps and the external drive', () => {
    expect(derive({})).toMatchObject({
      unitCount: 1280,
      excInDegree: 102,
      inhInDegree: 26,
      stepCount: 2500,
      delaySteps: 15,
      refractorySteps: 20,
      weightExc: Math.fround(0.4),
      weightInh: 2,
    });
    // nuThr = 20 mV / (0.1 mV * 1000 * 20 ms) = 0.01 per ms; 1000 synapses for 0.1 ms: 1 spike a step.
    const brunel = derive({ nExc: 10_000, nInh: 2_500, jExc: 0.1 });
    expect(brunel.thresholdRate).toBeCloseTo(10, 10);
    expect(brunel.externalCountPerEta).toBeCloseTo(1, 12);
  });

  it('scales weights with the number of inputs: J = 4 / sqrt K is jExc 0.4 at 100', () => {
    for (const [connectionProbability, inputs] of [
      [0.01, 10],
      [0.1, 100],
      [0.4, 400],
      [0.8, 800],
    ] as const) {
      const change = { nExc: 1000, nInh: 250, connectionProbability };
      expect(derive({ ...change, weightScaling: '1/sqrtK' }).efficacy).toBeCloseTo(4 / Math.sqrt(inputs), 12);
      expect(derive({ ...change, weightScaling: '1/K' }).efficacy).toBeCloseTo(40 / inputs, 12);
      // The mean external input is eta thetaRef whatever the weights are: count * J / (dt / tauMem) = 20 mV.
      const { efficacy, externalCountPerEta } = derive({ ...change, weightScaling: '1/sqrtK' });
      expect(efficacy * externalCountPerEta * 200).toBeCloseTo(20, 10);
    }
    expect(derive({ weightScaling: '1/K', referenceInDegree: 51 }).efficacy).toBeCloseTo(0.2, 12);
    expect(derive({ weightScaling: 'fixed' })).toEqual(derive({}));
  });

  it('counts delays in whole steps', () => {
    expect(derive({ delayMax: 1.5 })).toEqual(derive({}));
    expect(derive({ delay: 0.1, delayMax: 3 })).toMatchObject({ delaySteps: 1, delayCount: 30 });
  });

  it('takes from an exponential current what the exact solution says, equal time constants included', () => {
    const gain = (tauSynExc: number) => derive({ synapse: 'exponential', tauSynExc }).currents?.exc.gain as number;
    const [a, s] = [Math.exp(-0.1 / 20), Math.exp(-0.1 / 5)];
    expect(gain(5)).toBeCloseTo((a - s) / (1 / 5 - 1 / 20), 7);
    expect(gain(20)).toBeCloseTo(0.1 * a, 7);
    // No jump where the two formulas meet.
    expect(Math.abs(gain(19.999) / gain(20.001) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(gain(5) / gain(5.000001) - 1)).toBeLessThan(1e-6);
  });

  it('describes the network to theory', () => {
    expect(spikingNetwork({ ...defaultNetworkParams, delayMax: 2.5 })).toEqual({
      nExc: 1024,
      nInh: 256,
      excInDegree: 102,
      inhInDegree: 26,
      weightExc: 0.4,
      weightInh: 2,
      vThreshold: 20,
      vReset: 10,
      tauMem: 20,
      tRef: 2,
      delay: 2,
      thetaRef: 20,
      // nuThr C_E = 20 mV / (0.4 mV * 20 ms) = 2.5 per ms.
      externalRate: 2500,
      synapse: 'delta',
      tauSynExc: 5,
      tauSynInh: 5,
    });
    expect(spikingNetwork({ ...defaultNetworkParams, externalKind: 'constant' }).externalRate).toBe(0);
  });

  it('does not rescale the drive with the threshold', () => {
    expect(derive({ vThreshold: 60 }).externalCountPerEta).toBe(derive({}).externalCountPerEta);
    expect(derive({ vThreshold: 60 }).thresholdRate).toBe(derive({}).thresholdRate);
  });

  it.each([
    ['vReset', { vReset: 20 }],
    ['delay', { delay: 0.05 }],
    ['dt', { dt: 0 }],
    ['connectionProbability', { connectionProbability: 1.1 }],
    ['connectionProbability', { connectionProbability: Number.NaN }],
    ['nExc', { nExc: 10.5 }],
    ['nExc', { nExc: 0, nInh: 0 }],
    ['jExc', { jExc: 0 }],
    ['seedInput', { seedInput: -1 }],
    ['tauMem', { tauMem: Number.POSITIVE_INFINITY }],
    ['vReset', { vThreshold: 5 }],
    ['duration', { duration: Number.NaN }],
    ['duration', { duration: 10_000_000, dt: 0.001 }],
    ['delayMax', { delayMax: 1.4 }],
    ['delayMax', { delayMax: Number.NaN }],
    ['delayMax', { delayMax: 500 }],
    ['delay', { delay: 900, delayMax: 900, dt: 0.001 }],
    ['tauSynExc', { synapse: 'exponential', tauSynExc: 0 }],
    ['tauSynInh', { synapse: 'exponential', tauSynInh: Number.NaN }],
    ['referenceInDegree', { weightScaling: '1/K', referenceInDegree: 0 }],
    ['weightSpread', { weightSpread: -0.1 }],
    ['weightSpread', { weightSpread: Number.NaN }],
    ['weightSpread', { weightSpread: 11 }],
    ['weightScaling', { weightScaling: '1/K', connectionProbability: 0 }],
    ['connectionProbability', { nExc: 1_000_000, connectionProbability: 0.5 }],
  ] as const)('refuses %s: %j', (param, change) => {
    try {
      derive(change);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ParameterError);
      expect((error as ParameterError).details).toMatchObject({
        param,
        expected: expect.any(String),
      });
    }
  });
});
