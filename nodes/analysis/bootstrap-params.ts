/** Parameters of every bootstrap interval: how often, and from which seed. */
import { integer, seed } from '../../src/kit/params';

export const bootstrapParams = () => ({
  resamples: integer({
    label: 'Bootstrap resamples',
    help: 'For the 95 % intervals. 0 leaves them out.',
    min: 0,
    max: 20_000,
    step: 100,
    default: 500,
    advanced: true,
  }),
  seed: seed({ help: 'Of the bootstrap and of every other random choice here.', advanced: true }),
});
