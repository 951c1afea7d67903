/**
 * The code of a variational autoencoder: images drawn from its prior, a walk between the codes of two items, and where the
 * items of each class lie.
 *
 *   z ~ N(0, 1);  z(t) = (1 - t) mu_a + t mu_b;  KL_d = 1/2 mean(mu_d^2 + s_d^2 - 1 - ln s_d^2)
 */
import { refuse } from '../../src/core/validity';
import { defineNode, type InferredType, input, optionalInput, output } from '../../src/kit/define-node';
import { choice, integer, seed } from '../../src/kit/params';
import { axis } from '../../src/kit/port-type';
import { itemSplits, refuseRun } from '../learn/run-model';

export default defineNode({
  type: 'analysis.latent',
  version: 1,
  title: 'Latent code',
  inputs: {
    model: input('model', 'Model', 'A trained model with a VAE in it.'),
    inputs: input(['features', 'images', 'rates'], 'Inputs', 'Of the kind and size that the model was trained with.'),
    labels: optionalInput('labels', 'Labels', 'Class of each item: colours the scatter, joined by item id.'),
  },
  outputs: {
    figure: output(
      'figure',
      'Figure',
      'The items in the plane of the code that spreads most, and what each unit tells.',
    ),
    samples: output('images', 'From the prior', 'What the decoder makes of codes drawn from the unit Gaussian.'),
    walk: output('images', 'Walk', 'What it makes of codes on the line from one item to another.'),
    codes: output('features', 'Codes', 'Mean code of each chosen item.'),
    units: output('table', 'Units', 'One row for each unit of the code: divergence and spread.'),
  },
  params: {
    split: itemSplits('Whose codes are shown, and which items the walk counts.'),
    plane: choice({
      label: 'Plane',
      help: 'Which two directions of the code the scatter shows.',
      options: [
        {
          value: 'components',
          label: 'Principal components',
          help: 'The two directions in which the codes spread most.',
        },
        { value: 'units', label: 'Units that tell most', help: 'The two units with the largest divergence.' },
      ],
      default: 'components',
    }),
    samples: integer({
      label: 'Samples',
      help: 'Images drawn from the prior.',
      unit: 'images',
      min: 1,
      max: 400,
      default: 24,
    }),
    walkFrom: integer({
      label: 'Walk from',
      help: 'Place of an item among the chosen ones, from 1.',
      min: 1,
      max: 1_000_000,
      default: 1,
      group: 'Walk',
    }),
    walkTo: integer({
      label: 'Walk to',
      help: 'Place of the other item.',
      min: 1,
      max: 1_000_000,
      default: 2,
      group: 'Walk',
    }),
    steps: integer({
      label: 'Steps',
      help: 'Images along the walk, both ends included.',
      unit: 'images',
      min: 2,
      max: 100,
      default: 12,
      group: 'Walk',
    }),
    seed: seed({ help: 'Of the codes drawn from the prior.' }),
  },
  shownFirst: 'figure',
  numerics: 'tensor',
  docs: {
    summary: 'Looks into the code of a variational autoencoder: samples, a walk, and a scatter by class.',
    description: [
      'Codes are means, as in prediction. If the divergence did its work, the codes of all items together fill the unit ' +
        'Gaussian, and a code drawn from it looks like an item; where beta is small they do not, and samples look like nothing.',
      'A unit that tells nothing has a divergence of 0: its mean is 0 and its variance 1 whatever the item (it has ' +
        'collapsed onto the prior). Units above 0.01 nats are counted as active. The sum over units bounds from above what ' +
        'the code tells of the item.',
      'The walk is straight, from the code of one item to that of the other; its ends are the reconstructions of the two. ' +
        'Blocks behind the VAE refine every image as they do in prediction.',
      'The same seed and number of units give the same codes from the prior, whatever the model.',
    ],
    equations: [
      'z \\sim N(0, 1), \\quad z(t) = (1 - t)\\,\\mu_a + t\\,\\mu_b',
      '\\mathrm{KL}_d = \\tfrac12 \\langle \\mu_d^2 + \\sigma_d^2 - 1 - \\ln \\sigma_d^2 \\rangle',
    ],
    references: [
      'Kingma and Welling 2014, Auto-encoding variational Bayes, ICLR',
      'Burda, Grosse and Salakhutdinov 2016, Importance weighted autoencoders, ICLR: active units',
    ],
    keywords: ['VAE', 'latent', 'prior', 'sample', 'interpolation', 'embedding', 'scatter', 'variational'],
  },
  keyInfo: ({ samples, steps }) => `${samples} samples, a walk of ${steps} steps`,
  infer({ model, inputs }, { samples, steps }) {
    const refused = refuseRun(model, inputs);
    if (refused) return refused;
    const vae = model?.blocks?.findLast(({ type }) => type === 'vae');
    if (model?.blocks && !vae) {
      const reason = 'This model has no code: there is no VAE in it.';
      return { ...refuse('latent.no-code', reason, 'Train a model with model.vae in its chain.'), port: 'model' };
    }
    const [height = null, width = null, channel = null] = model?.trained?.target ?? [];
    const units = (vae?.params['latentUnits'] as number | undefined) ?? null;
    const images = (count: number): InferredType => ({
      kind: 'images',
      axes: [axis('item', count), axis('height', height), axis('width', width), axis('channel', channel)],
      unit: '1',
    });
    return {
      ok: true,
      outputs: {
        figure: { kind: 'figure', axes: [], unit: '1', note: 'codes by class, divergence of each unit' },
        samples: images(samples),
        walk: images(steps),
        codes: { kind: 'features', axes: [axis('item', null), axis('feature', units)], unit: '1', note: 'mean codes' },
        units: { kind: 'table', axes: [axis('item', units)], unit: '1', note: 'one row per unit' },
      },
    };
  },
  compute: () => import('./latent.compute'),
});
