/** Lesson 3: the same digits through a balanced and an unbalanced network. Numbers: science of the decoders, rates on digits. */
import type { Facts, Lesson } from './lesson';
import { behind, isOnlyOf, nodesOf, paramOf, psnrOf } from './look';
import { digitCards, digitWires, pipelineFrom } from './parts';

const scored = 'metric.image-quality';
const encoder = 'encoder.balanced-snn';

/** g of the encoder behind each scoring node. */
const branches = (facts: Facts): { readonly id: string; readonly g: number; readonly images: string }[] =>
  nodesOf(facts, scored).flatMap(({ id }) => {
    const [network, other] = behind(facts.document, id, encoder);
    const [images] = behind(facts.document, id, 'source.images');
    return network && !other && images ? [{ id, g: paramOf(network, 'inhExcRatio', 5), images: images.id }] : [];
  });
const pair = (facts: Facts) => {
  const all = branches(facts);
  const balanced = all.find(({ g }) => g >= 4.5);
  const unbalanced = all.find(({ g, images }) => g < 4 && images === balanced?.images);
  return balanced && unbalanced ? { balanced, unbalanced } : null;
};

export const balancedUnbalanced: Lesson = {
  id: 'balanced-unbalanced',
  title: 'Balanced against unbalanced',
  summary: 'Make a branch of a pipeline, change one number in it, and compare what comes out.',
  minutes: 5,
  start: pipelineFrom('Lesson: balanced against unbalanced', digitCards, digitWires),
  steps: [
    {
      title: 'Run the balanced branch',
      text: [
        'This is the pipeline of the first lesson, with g = 5. Run it, so that there is something to compare with.',
      ],
      hint: 'Ctrl+Enter runs.',
      help: { does: 'run' },
      check: (facts) =>
        branches(facts).some(({ id }) => psnrOf(facts, id) !== undefined) || 'The scoring card has no result yet.',
    },
    {
      title: 'Make a branch with g = 3.5',
      text: [
        'Select the network and make a branch from here (Shift+B): everything that follows from it is copied. The copy is wired to the same digits and has the same seeds: the same connections, the same noise. Set g to 3.5 in the copy, and only that.',
      ],
      hint: 'Duplicating the cards from the network to the score by hand counts as well.',
      help: { does: 'branch', node: 'encoder', param: 'inhExcRatio', value: 3.5 },
      check: (facts) => {
        if (branches(facts).length < 2) return 'There is only one branch that ends in a score.';
        return pair(facts) !== null || 'One branch needs g of 4.5 or more, the other g below 4, on the same images.';
      },
    },
    {
      title: 'Run both',
      text: [
        'Run. Only the new branch is computed. On digits the balanced network fires at about 30 Hz, the unbalanced one at more than twice that.',
      ],
      hint: 'If a card says Cannot run, select it: it says what is missing.',
      help: { does: 'run' },
      check: (facts) => {
        const found = pair(facts);
        if (!found) return 'The two branches are no longer there: undo.';
        const both = [found.balanced, found.unbalanced].every(({ id }) => psnrOf(facts, id) !== undefined);
        return both || 'Not both scores are there yet.';
      },
    },
    {
      title: 'Compare them',
      text: [
        'Select the two scoring cards (Ctrl+click the second) and compare them. Look at the difference and at what differs in the parameters: g alone.',
        'Expect about 27.0 dB against 26.3 dB. With so few digits a difference below 1 dB is within chance, and its sign can change with the seed. The balanced network sends less than half the spikes, so even a draw is remarkable. Beware of concluding more from one network.',
      ],
      hint: 'Compare is in the menu of a card, and in the command palette (Ctrl+K).',
      help: { does: 'compare', type: scored },
      check: (facts) => {
        const found = pair(facts);
        if (!found) return 'The two branches are no longer there: undo.';
        const { balanced, unbalanced } = found;
        const shows = (mine: string, other: string): boolean =>
          facts.compared.some((node) => isOnlyOf(facts.document, node, mine, other));
        return (
          (shows(balanced.id, unbalanced.id) && shows(unbalanced.id, balanced.id)) ||
          'The compare panel does not show both branches yet.'
        );
      },
    },
  ],
};
