/** Lesson 4: a second decoder on the same spikes, scored in the same way. */
import type { Facts, Lesson } from './lesson';
import { behind, isOnlyOf, nodesOf, psnrOf } from './look';
import { digitCards, digitWires, nodesFrom, pipelineFrom, wiresFrom } from './parts';

const scored = 'metric.image-quality';
const models = ['model.ridge', 'model.mlp', 'model.linear', 'model.unet', 'model.vae', 'model.autoencoder'];

/** Scores whose decoders are of different types and read the same encoder. */
function pairOf(facts: Facts): readonly [string, string] | null {
  const decoded = nodesOf(facts, scored).flatMap(({ id }) => {
    const kinds = models.filter((type) => behind(facts.document, id, type).length > 0).join();
    const [encoder, other] = behind(facts.document, id, 'encoder.balanced-snn');
    return kinds && encoder && !other ? [{ id, kinds, encoder: encoder.id }] : [];
  });
  for (const a of decoded)
    for (const b of decoded) if (a.encoder === b.encoder && a.kinds !== b.kinds) return [a.id, b.id];
  return null;
}

export const twoDecoders: Lesson = {
  id: 'two-decoders',
  title: 'Compare two decoders',
  summary: 'Read the same spikes in two ways and see which draws the digits better.',
  minutes: 6,
  start: pipelineFrom('Lesson: compare two decoders', digitCards, digitWires),
  steps: [
    {
      title: 'Run the first decoder',
      text: [
        'Ridge regression is a decoder without a choice in it: one linear map from rates to pixels, solved at once. Whatever is better than this has found something that a linear map cannot.',
      ],
      hint: 'Ctrl+Enter runs.',
      help: { does: 'run' },
      check: (facts) =>
        nodesOf(facts, scored).some(({ id }) => psnrOf(facts, id) !== undefined) ||
        'The scoring card has no result yet.',
    },
    {
      title: 'Add a second decoder',
      text: [
        'Add four cards: MLP, Train, Predict, Image quality. Wire the MLP to Train; give Train the features of the spike readout as inputs and the images as targets; give Predict the trained model and the features; give Image quality the images and what Predict makes.',
        'That is the same row as the one that is there, with another model at its head.',
      ],
      hint: 'Or select Train, Predict and Image quality, press Ctrl+Shift+D to copy them with their incoming wires, and put an MLP in front.',
      help: {
        does: 'add',
        below: 'ridge',
        part: {
          nodes: nodesFrom([
            { id: 'mlp', type: 'model.mlp', params: { hiddenUnits: 128 }, at: [0, 0] },
            { id: 'trainMlp', type: 'learn.train', params: { epochs: 8 }, label: 'Train the MLP', at: [0, 0] },
            { id: 'predictMlp', type: 'learn.predict', label: 'MLP draws', at: [0, 0] },
            { id: 'qualityMlp', type: scored, label: 'Score of the MLP', at: [0, 0] },
          ]),
          wires: wiresFrom([
            'mlp.model > trainMlp.model',
            'readout.features > trainMlp.inputs',
            'images.images > trainMlp.targets',
            'trainMlp.model > predictMlp.model',
            'readout.features > predictMlp.inputs',
            'images.images > qualityMlp.reference',
            'predictMlp.images > qualityMlp.reconstruction',
          ]),
        },
      },
      check: (facts) => {
        if (nodesOf(facts, 'learn.train').length < 2) return 'There is only one Train card.';
        if (nodesOf(facts, scored).length < 2) return 'There is only one Image quality card.';
        return pairOf(facts) !== null || 'The two scores do not come from different decoders of the same spikes yet.';
      },
    },
    {
      title: 'Run both',
      text: [
        'Run. The digits and the spikes are stored: only the new decoder is computed. Its loss falls while it learns.',
        'Expect about 27 dB for ridge regression and less than 20 dB for the network after 8 epochs. With 300 digits to learn from, ridge regression is hard to beat; a network with many weights wants more examples. That is a result, not a failure.',
      ],
      hint: 'If Train says Cannot run, an input of it is not wired.',
      help: { does: 'run' },
      check: (facts) => {
        const pair = pairOf(facts);
        if (!pair) return 'The two decoders are no longer there: undo.';
        return pair.every((id) => psnrOf(facts, id) !== undefined) || 'Not both scores are there yet.';
      },
    },
    {
      title: 'Compare what they draw',
      text: [
        'Compare the two, side by side or with the slider. Look at the worst digits, not at the best: decoders differ in how they fail. Ridge leaves a grey haze, the network guesses a shape.',
      ],
      hint: 'Select the two scoring cards, or the two Predict cards, and choose Compare from the menu or the command palette.',
      help: { does: 'compare', type: scored },
      check: (facts) => {
        const pair = pairOf(facts);
        if (!pair) return 'The two decoders are no longer there: undo.';
        const [a, b] = pair;
        const shows = (mine: string, other: string): boolean =>
          facts.compared.some((node) => isOnlyOf(facts.document, node, mine, other));
        return (shows(a, b) && shows(b, a)) || 'The compare panel does not show both decoders yet.';
      },
    },
  ],
};
