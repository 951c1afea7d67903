/**
 * Connectivity of the network that made the spikes: how many inputs each neuron has from each population, how strong
 * they are together, and which pixel each neuron looks at. The graph is drawn again from its seed: it is the same, bit for bit.
 */
import { defineNode, input, output } from '../../src/kit/define-node';
import { axis } from '../../src/kit/port-type';

export default defineNode({
  type: 'analysis.connectivity',
  version: 1,
  title: 'Connectivity',
  inputs: { spikes: input('spikes', 'Spikes', 'Spikes of a balanced network.') },
  outputs: {
    figure: output('figure', 'Figure', 'In-degrees, summed weights by population, and where each neuron looks.'),
    table: output('table', 'Table', 'One row for each pair of populations.'),
  },
  params: {},
  numerics: 'exact',
  docs: {
    summary: 'Shows the graph of a network: in-degrees, weights by population, and the pixel each neuron looks at.',
    description: [
      'With a fixed in-degree every neuron has exactly ε N inputs from each population; with independent connections the numbers vary from neuron to neuron, and with them the balance of each one.',
      'The total is the summed weight of all inputs from a population: with four excitatory neurons for each inhibitory one and g = 4, inhibition outweighs excitation exactly where both fire alike.',
    ],
    equations: ['C_E = \\varepsilon N_E, \\qquad C_I = \\varepsilon N_I, \\qquad \\gamma = C_I / C_E'],
    references: [
      'N. Brunel (2000), Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons, J. Comput. Neurosci. 8:183-208.',
    ],
    keywords: ['graph', 'degree', 'synapse', 'wiring', 'receptive field', 'retinotopy', 'matrix'],
  },
  infer: () => ({
    ok: true,
    outputs: {
      figure: { kind: 'figure', axes: [], unit: '1', note: 'connectivity' },
      table: { kind: 'table', axes: [axis('item', 4)], unit: '1', note: 'by pair of populations' },
    },
  }),
  compute: () => import('./connectivity.compute'),
});
