/** Parameters of the balanced network that mean the same wherever they are set: in the encoder and in its theory. */
import { integer, quantity } from '../../src/kit/params';

interface Own {
  readonly help: string;
  readonly group: string;
}

export const inhExcRatio = (own: Own) =>
  quantity('1', { label: 'Inhibition / excitation', symbol: 'g', min: 0, max: 20, step: 0.1, default: 5, ...own });

export const connectionProbability = (own: Own) =>
  quantity('1', { label: 'Connection probability', symbol: 'ε', min: 0, max: 1, step: 0.01, default: 0.1, ...own });

export const jExc = (own: Own) =>
  quantity('mV', { label: 'Excitatory efficacy', symbol: 'J', min: 0.01, max: 5, step: 0.01, default: 0.4, ...own });

export const nExc = (own: { readonly help: string; readonly default: number }) =>
  integer({
    label: 'Excitatory neurons',
    symbol: 'N_E',
    unit: 'neurons',
    min: 1,
    max: 80_000,
    scale: 'log',
    group: 'Network',
    ...own,
  });

export const nInh = (own: { readonly default: number }) =>
  integer({
    label: 'Inhibitory neurons',
    symbol: 'N_I',
    unit: 'neurons',
    help: 'Usually a quarter of the excitatory ones.',
    min: 0,
    max: 20_000,
    group: 'Network',
    ...own,
  });

export const vThreshold = (own: { readonly group: string }) =>
  quantity('mV', {
    label: 'Threshold',
    symbol: 'θ',
    help: 'Above rest. The external drive is not rescaled with it.',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
    ...own,
  });

export const vReset = () =>
  quantity('mV', {
    label: 'Reset',
    symbol: 'V_r',
    help: 'Above rest, below threshold.',
    min: -50,
    max: 100,
    step: 1,
    default: 10,
    group: 'Neuron',
  });

export const tauMem = () =>
  quantity('ms', {
    label: 'Membrane time constant',
    symbol: 'τ_m',
    help: 'Leak of the membrane.',
    min: 1,
    max: 200,
    step: 1,
    default: 20,
    group: 'Neuron',
  });

export const tRef = (own: { readonly help: string }) =>
  quantity('ms', {
    label: 'Refractory time',
    symbol: 't_ref',
    min: 0,
    max: 50,
    step: 0.1,
    default: 2,
    group: 'Neuron',
    ...own,
  });
