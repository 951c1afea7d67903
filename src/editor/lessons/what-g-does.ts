/** Lesson 2: inhibition against excitation. Numbers: Brunel 2000 scaled down as in the encoder's presets (balanced_small and others). */
import type { Facts, Lesson } from './lesson';
import { cell, isDone, nodesOf, paramOf } from './look';
import { pipelineFrom } from './parts';

const encoder = 'encoder.balanced-snn';
const gOf = (facts: Facts): number | undefined => {
  const [node] = nodesOf(facts, encoder);
  return node && paramOf(node, 'inhExcRatio', 5);
};
const rateOf = (facts: Facts): number | undefined => {
  const [node] = nodesOf(facts, 'analysis.spike-statistics');
  return node && isDone(facts, node.id) ? cell(facts, `${node.id}.table`, 'population', 'all', 'rate_Hz') : undefined;
};
const cvOf = (facts: Facts): number | undefined => {
  const [node] = nodesOf(facts, 'analysis.spike-statistics');
  return node && isDone(facts, node.id) ? cell(facts, `${node.id}.table`, 'population', 'all', 'cv_isi') : undefined;
};
const hz = (value: number): string => `${Math.round(value)} Hz`;

export const whatGDoes: Lesson = {
  id: 'what-g-does',
  title: 'What g does',
  summary: 'Turn inhibition down and up, and see a network race and then go quiet and irregular.',
  minutes: 4,
  start: pipelineFrom(
    'Lesson: what g does',
    [
      { id: 'drive', type: 'source.drive', params: { level: 2 }, label: 'Constant drive', at: [0, 0] },
      {
        id: 'encoder',
        type: encoder,
        params: { nExc: 1000, nInh: 250, jExc: 0.4, inhExcRatio: 5, externalDrive: 1, duration: 700, discard: 200 },
        label: 'Network',
        at: [344, 0],
      },
      { id: 'statistics', type: 'analysis.spike-statistics', at: [688, 0] },
    ],
    ['drive.drive > encoder.drive', 'encoder.spikes > statistics.spikes'],
  ),
  steps: [
    {
      title: 'Run at g = 5',
      text: [
        'A thousand excitatory and 250 inhibitory neurons, wired at random, all driven alike. g says how much stronger one inhibitory synapse is than one excitatory one. As there are four times fewer inhibitory neurons, g = 4 would make them even; at g = 5 inhibition wins.',
        'Run, and look at the table of the last card: about 67 spikes a second per neuron, with a CV near 0.5. The CV tells how irregular the intervals between spikes are: 0 is a clock, 1 is pure chance.',
      ],
      hint: 'The table is in the Results tab when you select Spike statistics.',
      help: { does: 'run' },
      check: (facts) => {
        if (gOf(facts) !== 5) return 'Set g back to 5 for this step.';
        return rateOf(facts) !== undefined || 'The statistics have no result yet.';
      },
      keep: (facts) => ({ balanced: rateOf(facts) ?? 0, balancedCv: cvOf(facts) ?? 0 }),
    },
    {
      title: 'Let excitation win: g = 3.5',
      text: [
        'Select the network and set g to 3.5, then run. Before you look: will the rate go up or down, and will the firing become more or less regular?',
      ],
      hint: 'g is the first parameter of the network, in the group Balance.',
      help: { does: 'set', node: 'encoder', param: 'inhExcRatio', value: 3.5 },
      check: (facts) => {
        const g = gOf(facts);
        if (g === undefined || g >= 4) return 'g is still at 4 or above.';
        const rate = rateOf(facts);
        if (rate === undefined) return 'Now run.';
        const before = facts.kept['balanced'] ?? 0;
        return rate > before * 1.3 || `The rate is ${hz(rate)}, hardly more than ${hz(before)}: go lower with g.`;
      },
      keep: (facts) => ({ unbalanced: rateOf(facts) ?? 0, unbalancedCv: cvOf(facts) ?? 0 }),
    },
    {
      title: 'More inhibition: g = 6',
      text: [
        'At g = 3.5 it fires at about 153 Hz with a CV near 0.24: every neuron gets far more than it needs, and ticks. Now set g to 6 and run.',
        'Expect a lower rate than at g = 5. Excitation and inhibition now nearly cancel, and what is left over is chance: neurons fire when the noise in their input says so. That is what balanced means.',
      ],
      hint: 'The slider goes there, or type 6.',
      help: { does: 'set', node: 'encoder', param: 'inhExcRatio', value: 6 },
      check: (facts) => {
        const g = gOf(facts);
        if (g === undefined || g <= 5) return 'g is not above 5 yet.';
        const rate = rateOf(facts);
        if (rate === undefined) return 'Now run.';
        return rate < (facts.kept['balanced'] ?? 0) || `The rate is ${hz(rate)}, not below that at g = 5.`;
      },
    },
  ],
};
