import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../src/core/errors';
import {
  defaultNetworkParams,
  deriveConstants,
  type NetworkParams,
  roundHalfToEven,
} from '../../../../src/kernels/balanced-snn/params';

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
