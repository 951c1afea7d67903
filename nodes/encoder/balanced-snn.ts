/**
 * Balanced excitatory/inhibitory spiking encoder: a network of leaky integrate-and-fire neurons with delta synapses and
 * a homogeneous delay, driven by one Poisson source per neuron whose rate follows the pixel that the neuron looks at.
 *
 *   tauMem dV/dt = -V + tauMem sum_j J_ij sum_k delta(t - t_jk - delay) + tauMem jExc (external Poisson train)
 *   V >= vThreshold: spike, V <- vReset, silent for tRef
 *   external rate per synapse = nuThr (etaBase + etaGain pixel), nuThr = 20 mV / (jExc C_E tauMem)
 *
 * Brunel 2000, J Comput Neurosci 8:183-208 (model A); defaults: balanced_small on a 32 x 32 lattice. The network itself is
 * in src/kernels/balanced-snn. Timed events, circuits, plasticity and recorded currents are parameters to come.
 */

import { formatNumber } from '../../src/core/units';
import { defineNode, optionalInput, output, type Preset } from '../../src/kit/define-node';
import { choice, integer, quantity, seed, toggle } from '../../src/kit/params';
import { axis, sizeOf } from '../../src/kit/port-type';

const network = (
  nExc: number,
  nInh: number,
  connectionProbability: number,
  jExc: number,
  inhExcRatio: number,
  vThreshold = 20,
) => ({
  nExc,
  nInh,
  connectionProbability,
  jExc,
  inhExcRatio,
  vThreshold,
});

/** Expected rates and CVs: at eta = 2, sources drawn without repeats unless said otherwise; see docs of each. */
const presets: readonly Preset[] = [
  {
    id: 'image-balanced',
    label: 'Images, balanced (g = 5)',
    help: 'The default: 1,024 E and 256 I neurons. About 31 Hz on MNIST.',
    params: network(1024, 256, 0.1, 0.4, 5),
  },
  {
    id: 'image-unbalanced',
    label: 'Images, unbalanced (g = 3.5)',
    help: 'Excitation dominates: 71 to 77 Hz on MNIST, regular firing.',
    params: network(1024, 256, 0.1, 0.4, 3.5),
  },
  {
    id: 'balanced_small',
    label: 'Balanced, small',
    help: '67 Hz, CV 0.54 at eta = 2.',
    params: network(1000, 250, 0.1, 0.4, 5),
  },
  {
    id: 'balanced_irregular',
    label: 'Balanced, irregular',
    help: '62 Hz, CV 0.97 at eta = 2.',
    params: network(1000, 250, 0.1, 0.6, 5),
  },
  {
    id: 'balanced_g6',
    label: 'Balanced, g = 6',
    help: '42 Hz, CV 1.16 at eta = 2.',
    params: network(1000, 250, 0.1, 0.6, 6),
  },
  {
    id: 'balanced_5k',
    label: 'Balanced, 5,000 neurons',
    help: 'About 47 Hz, CV 0.58 at eta = 2.',
    params: network(4000, 1000, 0.1, 0.2, 5),
  },
  {
    id: 'unbalanced_seed_g3.5',
    label: 'Unbalanced (g = 3.5)',
    help: '153 Hz, CV 0.24 at eta = 2.',
    params: network(1000, 250, 0.1, 0.4, 3.5),
  },
  {
    id: 'unbalanced_1_excitation',
    label: 'Unbalanced 1: excitation',
    help: 'About 271 Hz, CV 0.18 at eta = 2: runaway excitation.',
    params: network(1000, 250, 0.1, 0.6, 3),
  },
  {
    id: 'unbalanced_2_threshold',
    label: 'Unbalanced 2: threshold',
    help: 'Silent until eta is about 2.5.',
    params: network(1000, 250, 0.1, 0.4, 5, 60),
  },
  {
    id: 'sparse_p0.01',
    label: 'Nearly uncoupled',
    help: 'About 100 Hz, CV 0.21 at eta = 2: regular, no E/I correlation.',
    params: network(1000, 250, 0.01, 0.4, 5),
  },
  {
    id: 'brunel_ai',
    label: 'Brunel 2000, asynchronous irregular',
    help: '12,500 neurons; about 38 Hz, CV 0.42 at eta = 2. Slow for many images.',
    params: network(10_000, 2500, 0.1, 0.1, 5),
  },
];

export default defineNode({
  type: 'encoder.balanced-snn',
  version: 1,
  title: 'Balanced spiking network',
  inputs: {
    drive: optionalInput(
      'images',
      'Drive',
      'Images to encode, 0..1. Without a wire, one item runs under the constant external drive.',
    ),
  },
  outputs: {
    spikes: output(
      'spikes',
      'Spikes',
      'Spikes of every neuron, excitatory first. Colour images: one network run per channel, side by side.',
    ),
  },
  params: {
    inhExcRatio: quantity('1', {
      label: 'Inhibition / excitation',
      symbol: 'g',
      help: 'Ratio of synaptic efficacies. Above 4 (with four E per I) the recurrent loop is dominated by inhibition.',
      min: 0,
      max: 20,
      step: 0.1,
      default: 5,
      group: 'Balance',
    }),
    connectionProbability: quantity('1', {
      label: 'Connection probability',
      symbol: 'ε',
      help: 'Each neuron has exactly this fraction of each population as inputs.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.1,
      group: 'Balance',
    }),
    vThreshold: quantity('mV', {
      label: 'Threshold',
      symbol: 'θ',
      help: 'Above rest. The external drive is not rescaled with it.',
      min: 1,
      max: 200,
      step: 1,
      default: 20,
      group: 'Balance',
    }),
    jExc: quantity('mV', {
      label: 'Excitatory efficacy',
      symbol: 'J',
      help: 'Jump of the membrane per excitatory spike.',
      min: 0.01,
      max: 5,
      step: 0.01,
      default: 0.4,
      group: 'Balance',
    }),
    etaBase: quantity('1', {
      label: 'Drive of a dark pixel',
      symbol: 'η₀',
      help: 'External rate in units of the rate that just reaches threshold.',
      min: 0,
      max: 20,
      step: 0.05,
      default: 1,
      group: 'Drive',
    }),
    etaGain: quantity('1', {
      label: 'Drive added by a bright pixel',
      symbol: 'η₁',
      help: 'A pixel of 1 gets η₀ + η₁.',
      min: 0,
      max: 20,
      step: 0.05,
      default: 2,
      group: 'Drive',
    }),
    externalDrive: quantity('1', {
      label: 'Constant drive',
      symbol: 'η',
      help: 'Used only while no image is wired.',
      min: 0,
      max: 20,
      step: 0.05,
      default: 2,
      group: 'Drive',
    }),
    duration: quantity('ms', {
      label: 'Duration per item',
      symbol: 'T',
      help: 'Simulated time for each image.',
      min: 10,
      max: 10_000,
      step: 10,
      default: 250,
      scale: 'log',
      group: 'Time',
    }),
    discard: quantity('ms', {
      label: 'Left out at the start',
      help: 'Transient that readouts do not count. It is simulated and stored.',
      min: 0,
      max: 5000,
      step: 10,
      default: 50,
      group: 'Time',
    }),
    nExc: integer({
      label: 'Excitatory neurons',
      symbol: 'N_E',
      unit: 'neurons',
      help: 'A square number fills the lattice over the image evenly.',
      min: 1,
      max: 80_000,
      default: 1024,
      scale: 'log',
      group: 'Network',
    }),
    nInh: integer({
      label: 'Inhibitory neurons',
      symbol: 'N_I',
      unit: 'neurons',
      help: 'Usually a quarter of the excitatory ones.',
      min: 0,
      max: 20_000,
      default: 256,
      group: 'Network',
    }),
    connectivity: choice({
      label: 'Connectivity',
      help: 'How inputs are drawn.',
      options: [
        { value: 'fixed-in-degree', label: 'Fixed in-degree', help: 'Every neuron has the same number of inputs.' },
        { value: 'bernoulli', label: 'Bernoulli', help: 'Each pair is connected independently.' },
      ],
      default: 'fixed-in-degree',
      group: 'Network',
      advanced: true,
    }),
    multapses: toggle({
      label: 'Repeated connections',
      help: 'A source may connect to a neuron more than once.',
      default: false,
      group: 'Network',
      advanced: true,
    }),
    tauMem: quantity('ms', {
      label: 'Membrane time constant',
      symbol: 'τ_m',
      help: 'Leak of the membrane.',
      min: 1,
      max: 200,
      step: 1,
      default: 20,
      group: 'Neuron',
    }),
    vReset: quantity('mV', {
      label: 'Reset',
      symbol: 'V_r',
      help: 'Above rest, below threshold.',
      min: -50,
      max: 100,
      step: 1,
      default: 10,
      group: 'Neuron',
    }),
    tRef: quantity('ms', {
      label: 'Refractory time',
      symbol: 't_ref',
      help: 'Input that arrives meanwhile is lost.',
      min: 0,
      max: 50,
      step: 0.1,
      default: 2,
      group: 'Neuron',
    }),
    delay: quantity('ms', {
      label: 'Synaptic delay',
      symbol: 'D',
      help: 'The same for every synapse; at least the time step.',
      min: 0.01,
      max: 50,
      step: 0.1,
      default: 1.5,
      group: 'Neuron',
    }),
    dt: quantity('ms', {
      label: 'Time step',
      symbol: 'dt',
      help: 'The membrane is propagated exactly; spikes fall on this grid.',
      min: 0.01,
      max: 1,
      step: 0.01,
      default: 0.1,
      group: 'Time',
      advanced: true,
    }),
    seedNetwork: seed({
      label: 'Seed of the graph',
      help: 'Wiring. Two encoders with the same seed share it.',
      group: 'Seeds',
      default: 1,
    }),
    seedInput: seed({
      label: 'Seed of the input',
      help: 'External Poisson trains, by item: the order of images does not matter.',
      group: 'Seeds',
      default: 1,
    }),
    seedInit: seed({
      label: 'Seed of the start',
      help: 'Membrane potentials at the start of each item, uniform from 0 to threshold.',
      group: 'Seeds',
      default: 1,
    }),
    simulator: choice({
      label: 'Simulator',
      help: 'Both give the same spikes.',
      options: [
        { value: 'wasm', label: 'WebAssembly SIMD' },
        { value: 'reference', label: 'Plain reference', help: 'Slow; there to be trusted.' },
      ],
      default: 'wasm',
      group: 'Time',
      advanced: true,
      matters: false,
    }),
  },
  presets,
  numerics: 'simulation',
  docs: {
    summary: 'Encodes images as the spikes of a recurrent network of excitatory and inhibitory neurons.',
    description: [
      'Excitatory neurons lie on a square lattice over the image, inhibitory ones on a coarser lattice. Each receives Poisson spikes whose rate rises with the pixel it looks at, and spikes from a random set of other neurons.',
      'With g above about 4, strong inhibition follows strong excitation within milliseconds. Neurons are then driven by fluctuations: they fire irregularly, at low rates, and the population follows its input linearly. With less inhibition the mean drive carries the neurons: rates are high and firing is regular.',
      'The threshold does not rescale the drive: the unit of η is the rate that would just reach 20 mV.',
    ],
    equations: [
      '\\tau_m \\dot V_i = -V_i + \\tau_m \\sum_j J_{ij} \\sum_k \\delta(t - t_j^k - D) + \\tau_m J\\, s_i(t)',
      'J_{ij} = J \\;(j \\in E), \\qquad J_{ij} = -g J \\;(j \\in I)',
      '\\nu_{\\mathrm{ext},i} = \\nu_{\\mathrm{thr}} (\\eta_0 + \\eta_1 x_{p(i)}), \\qquad \\nu_{\\mathrm{thr}} = \\frac{20\\,\\mathrm{mV}}{J C_E \\tau_m}',
    ],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208, model A.',
      'C. van Vreeswijk and H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371.',
    ],
    keywords: ['E/I', 'LIF', 'integrate and fire', 'recurrent', 'Brunel', 'asynchronous irregular', 'SNN'],
  },
  keyInfo: (p) =>
    `g = ${formatNumber(p.inhExcRatio)}, ${formatNumber(p.nExc + p.nInh)} neurons, ${formatNumber(p.duration)} ms`,
  infer({ drive }, p) {
    if (p.discard >= p.duration) {
      return {
        ok: false,
        code: 'encoder.discard',
        param: 'discard',
        reason: `Nothing is left to count: ${p.discard} ms are left out of ${p.duration} ms.`,
        cure: 'Lower the part left out, or raise the duration.',
      };
    }
    if (p.delay < p.dt) {
      return {
        ok: false,
        code: 'encoder.delay',
        param: 'delay',
        reason: `The delay (${p.delay} ms) is shorter than the time step (${p.dt} ms).`,
        cure: 'Raise the delay or lower the time step.',
      };
    }
    if (p.vReset >= p.vThreshold) {
      return {
        ok: false,
        code: 'encoder.reset',
        param: 'vReset',
        reason: `The reset (${p.vReset} mV) is not below the threshold (${p.vThreshold} mV).`,
        cure: 'Lower the reset, or raise the threshold.',
      };
    }
    const channels = drive ? (sizeOf(drive, 'channel') ?? 1) : 1;
    return {
      ok: true,
      outputs: {
        spikes: {
          kind: 'spikes',
          axes: [axis('item', drive ? sizeOf(drive, 'item') : 1), axis('unit', (p.nExc + p.nInh) * channels)],
          unit: '1',
          dt: p.dt,
          note: `${formatNumber(p.duration)} ms`,
        },
      },
    };
  },
  compute: () => import('./balanced-snn.compute'),
});
