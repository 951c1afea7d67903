/** The figure of the changed spikes: one panel for each change, the three networks in each. */
import type { Figure, FigureMark, FigurePanel } from '../../../kit/figure';
import { type Arm, armLabel, comparedArms } from './arms';
import { type ByGraph, graphMeans } from './compare';
import { allAmounts, type ChangeAxis } from './robustness';

const hues = ['excitatory', 'inhibitory', 'external'] as const;

export function robustnessFigure(
  axes: readonly ChangeAxis[],
  scores: (axis: ChangeAxis, amount: number, arm: Arm) => ByGraph | undefined,
): Figure {
  return {
    title: 'Decodability of changed spikes',
    caption:
      'Ridge regression fitted anew to the changed spikes, held-out digits. A point is one graph, lines join the means. The first spikes are the readout under jitter, rates in the other panels.',
    panels: axes.map((axis) => panelOf(axis, (amount, arm) => scores(axis, amount, arm))),
    columns: 2,
    width: 180,
    rowHeight: 65,
  };
}

function panelOf(axis: ChangeAxis, scores: (amount: number, arm: Arm) => ByGraph | undefined): FigurePanel {
  const marks: FigureMark[] = [];
  for (const [k, arm] of comparedArms.entries()) {
    const hue = hues[k] ?? 'all';
    const found = allAmounts(axis).flatMap((amount) => {
      const means = graphMeans(scores(amount, arm), 'psnr').map(({ mean }) => mean);
      return means.length > 0 ? [{ amount, means }] : [];
    });
    if (found.length === 0) continue;
    const points = found.flatMap(({ amount, means }) => means.map((y) => ({ x: amount, y })));
    marks.push(
      {
        type: 'line',
        hue,
        name: armLabel(arm),
        x: Float64Array.from(found, ({ amount }) => amount),
        y: Float64Array.from(found, ({ means }) => means.reduce((sum, value) => sum + value, 0) / means.length),
      },
      { type: 'points', hue, x: Float64Array.from(points, ({ x }) => x), y: Float64Array.from(points, ({ y }) => y) },
    );
  }
  return {
    title: axis.title,
    x: { label: axis.label, unit: axis.unit, ...(axis.scale ? { scale: axis.scale } : {}) },
    y: { label: 'PSNR', unit: 'dB' },
    marks,
  };
}
