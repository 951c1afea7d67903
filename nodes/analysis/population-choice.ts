/** Which units an analysis reads: the same choice for all of them. */
import { choice } from '../../src/kit/params';

export const populationChoice = () =>
  choice({
    label: 'Population',
    help: 'Which units the population rate is of.',
    options: [
      { value: 'all', label: 'All units' },
      { value: 'excitatory', label: 'Excitatory' },
      { value: 'inhibitory', label: 'Inhibitory' },
    ],
    default: 'all',
  });
