/** The colour of a population by the first word of its name: colour encoders have "excitatory red". */
import type { FigureHue } from '../../kit/figure';

export function hueOf(population: string): FigureHue {
  const [word] = population.split(' ');
  return word === 'excitatory' || word === 'inhibitory' ? word : 'all';
}
