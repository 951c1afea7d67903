/** A confusion matrix as a panel: each row the shares of one true class. */
import type { FigurePanel } from '../../kit/figure';

/** Row = true, column = decoded. */
export function confusionPanel(confusion: Float64Array, names: readonly string[]): FigurePanel {
  const count = names.length;
  const share = confusion.map((value, k) => {
    const row = Math.floor(k / count);
    const total = confusion.subarray(row * count, (row + 1) * count).reduce((sum, each) => sum + each, 0);
    return total > 0 ? value / total : 0;
  });
  return {
    title: 'Confusion',
    x: { label: 'decoded', unit: '1', categories: names },
    y: { label: 'true', unit: '1', categories: names },
    marks: [
      {
        type: 'cells',
        x: Float64Array.from(share, (_, k) => k % count),
        y: Float64Array.from(share, (_, k) => Math.floor(k / count)),
        value: share,
        width: 1,
        height: 1,
        valueLabel: 'share of the true class',
        valueUnit: '1',
        colours: 'sequential',
        domain: [0, 1],
      },
    ],
  };
}
