/** Lesson 1: press Run, change something, run again, change it back: what is computed and what is not. */
import type { Lesson } from './lesson';
import { isDone, nodesOf, paramOf, psnrOf } from './look';
import { digitCards, digitWires, pipelineFrom } from './parts';

const scored = 'metric.image-quality';
const lambda = (facts: Parameters<typeof nodesOf>[0]): number | undefined => {
  const [ridge] = nodesOf(facts, 'model.ridge');
  return ridge && paramOf(ridge, 'lambda', 100);
};

export const firstRun: Lesson = {
  id: 'first-run',
  title: 'First run',
  summary: 'From an image to spikes and back, and why a second run is faster than the first.',
  minutes: 3,
  start: pipelineFrom('Lesson: first run', digitCards, digitWires),
  steps: [
    {
      title: 'Run the pipeline',
      text: [
        'Read it from left to right. Digits drive a network of spiking neurons; each neuron’s firing rate is read out; a decoder learns to draw the digit from the rates alone; the last card scores its drawings of digits it has never seen.',
        'Press Run at the top. The cards fill with what they have made.',
      ],
      hint: 'The Run button is in the middle of the upper edge; Ctrl+Enter does the same.',
      help: { does: 'run' },
      check: (facts) =>
        nodesOf(facts, scored).some(({ id }) => psnrOf(facts, id) !== undefined) ||
        'The scoring card has no result yet.',
      keep: (facts) => {
        const [node] = nodesOf(facts, scored);
        return { psnr: (node && psnrOf(facts, node.id)) ?? 0, lambda: lambda(facts) ?? 100 };
      },
    },
    {
      title: 'Change the decoder, run again',
      text: [
        'The score is a peak signal-to-noise ratio, PSNR, in decibels: higher is closer to the original. Drawing the average digit every time gives about 14 dB here (the table’s baseline); this decoder should reach about 27 dB.',
        'Select the Ridge regression card and set its Lambda to 100,000, then run again: the decoder is now held back so hard that its drawings blur, and the score falls. Watch the encoder: it says Stored. Its spikes do not depend on the decoder, so they are not computed again.',
      ],
      hint: 'Click the card: its parameters appear on the right.',
      help: { does: 'set', node: 'ridge', param: 'lambda', value: 100_000 },
      check: (facts) => {
        if (lambda(facts) === facts.kept['lambda']) return 'Lambda is still what it was.';
        const { lastRun } = facts;
        const encoders = nodesOf(facts, 'encoder.balanced-snn');
        if (!nodesOf(facts, scored).every(({ id }) => isDone(facts, id))) return 'Now run.';
        return lastRun !== null && encoders.every(({ id }) => !lastRun.executed.includes(id))
          ? true
          : 'The encoder was computed again: change the decoder alone.';
      },
    },
    {
      title: 'Change it back',
      text: [
        'Set Lambda back to 100 (undo does that as well) and run once more. Nothing at all is computed: the status bar says 0 executed. Every result is kept under what made it, so going back costs nothing, tomorrow as well.',
      ],
      hint: 'Ctrl+Z undoes the change.',
      help: { does: 'set', node: 'ridge', param: 'lambda', value: 100 },
      check: (facts) => {
        if (lambda(facts) !== facts.kept['lambda']) return 'Lambda is not yet what it was at first: 100.';
        return facts.lastRun?.outcome === 'succeeded' && facts.lastRun.executed.length === 0 ? true : 'Now run.';
      },
    },
  ],
};
