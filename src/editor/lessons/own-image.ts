/** Lesson 5: a picture of one's own through the network. It never leaves the machine. */
import type { Facts, Lesson } from './lesson';
import { behind, isDone, nodesOf } from './look';
import { pipelineFrom } from './parts';

const own = (facts: Facts) =>
  nodesOf(facts, 'source.images').filter(
    ({ params }) => params['dataset'] === 'files' && Array.isArray(params['files']) && params['files'].length > 0,
  );
const encoded = (facts: Facts, type: string) =>
  nodesOf(facts, type).filter(({ id }) =>
    behind(facts.document, id, 'source.images').some((node) => own(facts).some((each) => each.id === node.id)),
  );

export const ownImage: Lesson = {
  id: 'own-image',
  title: 'Your own image',
  summary: 'Drop a picture of yours on the canvas and look at the spikes it makes.',
  minutes: 3,
  start: pipelineFrom(
    'Lesson: your own image',
    [
      {
        id: 'images',
        type: 'source.images',
        params: { dataset: 'glyphs', trainCount: 0, testCount: 12 },
        label: 'Images',
        at: [0, 0],
      },
      { id: 'encoder', type: 'encoder.balanced-snn', params: { duration: 200 }, at: [344, 0] },
      { id: 'statistics', type: 'analysis.spike-statistics', at: [688, 0] },
    ],
    ['images.images > encoder.drive', 'encoder.spikes > statistics.spikes'],
  ),
  steps: [
    {
      title: 'Run with drawn digits',
      text: ['First see what the network makes of a few digits: bright pixels drive their neurons harder. Run.'],
      hint: 'Ctrl+Enter runs.',
      help: { does: 'run' },
      check: (facts) =>
        nodesOf(facts, 'encoder.balanced-snn').some(({ id }) => isDone(facts, id)) || 'The network has not run yet.',
    },
    {
      title: 'Bring your image',
      text: [
        'Drop a PNG or JPEG on the canvas, or select the Images card, choose “My files” as its data set, and add a file. It is brought to 28 × 28 pixels in grey; a picture with a clear dark and light part works best.',
        'The picture stays on this machine: there is no server to send it to.',
      ],
      hint: 'No picture at hand? “Do it for me” draws one.',
      help: { does: 'sample-image', node: 'images' },
      check: (facts) => {
        if (own(facts).length === 0) return 'No image source holds a file of yours yet.';
        return (
          encoded(facts, 'encoder.balanced-snn').length > 0 || 'Your image is there, but not wired to the network.'
        );
      },
    },
    {
      title: 'Look at its spikes',
      text: [
        'Run again and look at the raster of the network: one row for each neuron, one dot for each spike. Then change g to 3.5 and see how little of the picture is left in a network that fires everywhere.',
      ],
      hint: 'Select the network and open its Results tab for the raster.',
      help: { does: 'run' },
      check: (facts) =>
        encoded(facts, 'encoder.balanced-snn').some(({ id }) => isDone(facts, id)) ||
        'Your image has not been run yet.',
    },
  ],
};
