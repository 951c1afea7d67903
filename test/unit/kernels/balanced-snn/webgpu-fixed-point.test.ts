/** Fixed-point arithmetic against exact integers, closed forms, and the float twin. No device needed. */
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../src/core/errors';
import { type Drive, resolveDrive } from '../../../../src/kernels/balanced-snn/drive';
import { defaultNetworkParams, deriveConstants, type NetworkParams } from '../../../../src/kernels/balanced-snn/params';
import { SpikeLog } from '../../../../src/kernels/balanced-snn/stepper';
import { fixedConstants, scaled, timeConstantError } from '../../../../src/kernels/balanced-snn/webgpu-fixed-point';
import { FixedReferenceStepper } from '../../../../src/kernels/balanced-snn/webgpu-fixed-reference';
import { buildWiring } from '../../../../src/kernels/balanced-snn/wiring';

const alone: NetworkParams = { ...defaultNetworkParams, nExc: 1, nInh: 0 };
const constantsOf = (change: Partial<NetworkParams>) => {
  const params = { ...alone, ...change };
  return fixedConstants(params, deriveConstants(params), buildWiring(params));
};

describe('the rounded high word of a product', () => {
  it('is that of exact integers, at the edges and in between', () => {
    const edges = [0, 1, 2, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
    let word = 1;
    const others = Array.from({ length: 300 }, () => {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      return word;
    });
    for (const x of [...edges, ...others]) {
      for (const y of [...edges, ...others.slice(0, 40)]) {
        const exact = (BigInt(x) * BigInt(y) + 0x80000000n) >> 32n;
        expect(scaled(x, y)).toBe(Number(exact & 0xffffffffn));
      }
    }
  });
});

describe('the decay', () => {
  it.each([
    [0.1, 20, 1e-7],
    [0.1, 10, 1e-7],
    [0.02, 20, 1e-6],
    [0.01, 100, 1e-5],
    [0.001, 20, 1e-5],
    [0.5, 20, 1e-8],
    [10, 0.8, 1e-4],
  ])('at dt = %f ms and tauMem = %f ms has a time constant right to %f', (dt, tauMem, bound) => {
    const error = timeConstantError({ dt, tauMem }, constantsOf({ dt, tauMem, delay: dt }).decay);
    expect(error).toBeLessThan(bound);
    expect(error).toBeLessThanOrEqual(1e-4);
  });

  it('refuses a time constant that a word cannot hold to 0.01 %', () => {
    expect(() => constantsOf({ dt: 0.001, tauMem: 10_000 })).toThrow(ParameterError);
    expect(() => constantsOf({ dt: 0.001, tauMem: 10_000 })).toThrow('too slowly');
  });

  it('takes a membrane to 1/e in tauMem', () => {
    const stepper = new FixedReferenceStepper(alone, buildWiring(alone));
    const constants = deriveConstants(alone);
    const v = new Float32Array(1);
    const at = () => {
      stepper.membrane(v);
      return v[0] as number;
    };
    stepper.start(0, 0, resolveDrive(constants, {}));
    const before = at();
    expect(before).toBeGreaterThan(1);
    stepper.advance(200, new SpikeLog(false));
    expect(at() / before).toBeCloseTo(Math.exp(-1), 4);
    // It comes to rest within half a unit over 1 - a: 2^-17 / 0.005 mV.
    stepper.advance(10_000, new SpikeLog(false));
    expect(Math.abs(at())).toBeLessThan(0.0016);
  });
});

describe('one neuron', () => {
  it('has the f-I curve of the step grid', () => {
    const params = { ...alone, duration: 2000 };
    const constants = deriveConstants(params);
    const stepper = new FixedReferenceStepper(params, buildWiring(params));
    for (const mu of [20.5, 21, 25, 30, 60]) {
      const log = new SpikeLog(false);
      stepper.start(0, 0, resolveDrive(constants, { mu: Float32Array.of(mu) } satisfies Drive));
      stepper.advance(constants.stepCount, log);
      const steps = [...log.steps.subarray(0, log.count)];
      const intervals = new Set(steps.slice(1).map((step, k) => step - (steps[k] as number)));
      expect(intervals).toEqual(new Set([20 + Math.ceil((20 * Math.log((mu - 10) / (mu - 20))) / 0.1)]));
    }
  });

  it('refuses a current beyond its range', () => {
    const constants = deriveConstants(alone);
    const stepper = new FixedReferenceStepper(alone, buildWiring(alone));
    const drive = resolveDrive(constants, { mu: Float32Array.of(9000) });
    expect(() => stepper.start(0, 0, drive)).toThrow('beyond fixed-point');
  });
});

describe('the range', () => {
  it('holds the presets and refuses weights whose sums could wrap', () => {
    const networkOf = (change: Partial<NetworkParams>) => {
      const params = { ...defaultNetworkParams, nExc: 400, nInh: 100, ...change };
      return () => fixedConstants(params, deriveConstants(params), buildWiring(params));
    };
    expect(networkOf({})().weightExc).toBe(26_214);
    expect(networkOf({ jExc: 0.6, inhExcRatio: 6 })).not.toThrow();
    expect(networkOf({ nExc: 4000, nInh: 1000, jExc: 0.2 })).not.toThrow();
    expect(networkOf({ jExc: 100 })).toThrow('could reach');
  });
});
