/** What nodes that run a trained model share: their items, and before a run: is it trained, are the inputs of its size? */
import { type Refusal, refuse } from '../../src/core/validity';
import type { InferredType } from '../../src/kit/define-node';
import { choice } from '../../src/kit/params';
import { itemShape, shapeText } from './item-shape';

/** Null where nothing speaks against it. */
export function refuseRun(
  model: InferredType | undefined,
  inputs: InferredType | undefined,
): (Refusal & { readonly port: string }) | null {
  if (model && !model.trained) {
    const cure = 'Wire it through learn.train first.';
    return { ...refuse('predict.untrained', 'This model has not been trained.', cure), port: 'model' };
  }
  const expected = model?.trained?.input;
  const given = itemShape(inputs);
  if (!expected || !given || shapeText(expected) === shapeText(given)) return null;
  const reason = `The model was trained on items of ${shapeText(expected)}, but these are ${shapeText(given)}.`;
  const cure = 'Wire inputs made in the same way as those of learn.train.';
  return { ...refuse('predict.shape', reason, cure), port: 'inputs' };
}

export const itemSplits = (help: string) =>
  choice({
    label: 'Items',
    help,
    options: [
      { value: 'test', label: 'Test', help: 'Held-out items, never seen in training.' },
      { value: 'validation', label: 'Validation' },
      { value: 'train', label: 'Training' },
      { value: 'all', label: 'All' },
    ],
    default: 'test',
  });
