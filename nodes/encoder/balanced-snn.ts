/**
 * Balanced excitatory/inhibitory spiking encoder: a network of leaky integrate-and-fire neurons, driven by one external
 * source per neuron whose rate follows the pixel that the neuron looks at, or one time course for all.
 *
 *   tauMem dV/dt = -V + tauMem sum_j J_ij sum_k delta(t - t_jk - delay) + tauMem J (external Poisson train)
 *   V >= vThreshold: spike, V <- vReset, silent for tRef
 *   external rate per synapse = nuThr (etaBase + etaGain pixel), nuThr = 20 mV / (J C_E tauMem)
 *
 * Brunel 2000, J Comput Neurosci 8:183-208 (model A); defaults: balanced_small on a 32 x 32 lattice. The network itself is
 * in src/kernels/balanced-snn. Timed events, circuits and plasticity are parameters to come.
 */

import { formatNumber } from '../../src/core/units';
import { defineNode, optionalInput, output } from '../../src/kit/define-node';
import { axis, sizeOf } from '../../src/kit/port-type';
import { checkParams } from './balanced-snn-check';
import { factsOf } from './balanced-snn-facts';
import { params } from './balanced-snn-params';
import { presets } from './balanced-snn-presets';

export default defineNode({
  type: 'encoder.balanced-snn',
  version: 1,
  title: 'Balanced spiking network',
  inputs: {
    drive: optionalInput(
      ['images', 'series'],
      'Drive',
      'Images to encode, 0..1, or time courses that multiply the constant drive. Without a wire, one item runs under it.',
    ),
  },
  outputs: {
    spikes: output(
      'spikes',
      'Spikes',
      'Spikes of every neuron, excitatory first. Colour images: one network run per channel, side by side.',
    ),
    currents: output(
      'series',
      'Inputs and membranes',
      'Of the recorded neurons, every millisecond: excitatory, external and inhibitory input as R I, membrane, and the free membrane that never spikes, all in mV.',
    ),
  },
  params,
  presets,
  numerics: 'simulation',
  docs: {
    summary:
      'Encodes images or time courses as the spikes of a recurrent network of excitatory and inhibitory neurons.',
    description: [
      'Excitatory neurons lie on a square lattice over the image, inhibitory ones on a coarser lattice. Each receives Poisson spikes whose rate rises with the pixel it looks at, and spikes from a random set of other neurons.',
      'With g above about 4, strong inhibition follows strong excitation within milliseconds. Neurons are then driven by fluctuations: they fire irregularly, at low rates, and the population follows its input linearly. With less inhibition the mean drive carries the neurons: rates are high and firing is regular.',
      'Items are repeated as trials: same network and stimulus, other noise and start. The seeds of graph, input and start are apart, so that two encoders can share a graph and differ in noise, or the reverse.',
      'Recording shows why a network is balanced or not: the large excitatory and inhibitory inputs of a neuron, how well they cancel, and where its membrane would go if it never fired.',
      'With a spread of the efficacies each synapse has a weight of its own, log-normal with mean J or g J: a few strong synapses among many weak ones, as in cortex. The mean input stays, its fluctuations grow by the factor √(1 + spread²). External spikes keep J. WebAssembly only.',
      'The threshold does not rescale the drive: the unit of η is the rate that would just reach 20 mV.',
    ],
    equations: [
      '\\tau_m \\dot V_i = -V_i + \\tau_m \\sum_j J_{ij} \\sum_k \\delta(t - t_j^k - D) + \\tau_m J\\, s_i(t)',
      'J_{ij} = J \\;(j \\in E), \\qquad J_{ij} = -g J \\;(j \\in I)',
      '\\nu_{\\mathrm{ext},i} = \\nu_{\\mathrm{thr}} (\\eta_0 + \\eta_1 x_{p(i)}), \\qquad \\nu_{\\mathrm{thr}} = \\frac{20\\,\\mathrm{mV}}{J C_E \\tau_m}',
    ],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208, model A.',
      'S. Song, P. J. Sjöström, M. Reigl, S. Nelson and D. B. Chklovskii (2005), Highly nonrandom features of synaptic connectivity in local cortical circuits, PLoS Biol. 3:e68 (log-normal weights).',
      'C. van Vreeswijk and H. Sompolinsky (1998), Chaotic balanced state in a model of cortical circuits, Neural Comput. 10:1321-1371.',
    ],
    keywords: [
      'balanced',
      'trials',
      'current',
      'E/I',
      'LIF',
      'integrate and fire',
      'recurrent',
      'Brunel',
      'asynchronous irregular',
      'SNN',
    ],
  },
  keyInfo: (p) =>
    `g = ${formatNumber(p.inhExcRatio)}, ${formatNumber(p.nExc + p.nInh)} neurons, ${formatNumber(p.duration)} ms`,
  derived: factsOf,
  infer({ drive }, p) {
    const refusal = checkParams(p);
    if (refusal) return refusal;
    const channels = drive ? (sizeOf(drive, 'channel') ?? 1) : 1;
    const items = drive ? sizeOf(drive, 'item') : 1;
    return {
      ok: true,
      outputs: {
        spikes: {
          kind: 'spikes',
          axes: [axis('item', items === null ? null : items * p.trials), axis('unit', (p.nExc + p.nInh) * channels)],
          unit: '1',
          dt: p.dt,
          note: `${formatNumber(p.duration)} ms`,
        },
        currents: {
          kind: 'series',
          axes: [axis('unit', p.recordNeurons)],
          unit: 'mV',
          dt: 1,
          note: p.recordNeurons === 0 ? 'nothing recorded' : `${formatNumber(p.recordNeurons)} neurons`,
        },
      },
    };
  },
  memory: () => import('./shared/memory'),
  compute: () => import('./balanced-snn.compute'),
});
