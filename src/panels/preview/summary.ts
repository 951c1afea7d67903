/** One sentence per preview: what a screen reader says instead of the picture. */
import { formatNumber, withUnit } from '../../core/units';
import { axisTitle } from '../../figure/ticks';
import type { Preview } from '../../kit/preview';

const times = ' × ';
const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** "E 12.4 Hz". */
export const rateText = (name: string, rate: number | undefined): string =>
  `${name} ${rate === undefined || !Number.isFinite(rate) ? 'n/a' : `${formatNumber(rate, 3)} Hz`}`;

export function summarise(preview: Preview): string {
  switch (preview.kind) {
    case 'images': {
      const size = [preview.height, preview.width, preview.channels].join(times);
      return `${formatNumber(preview.count)} of ${plural(preview.total, 'image')}, ${size} pixels each.`;
    }
    case 'labels': {
      const largest = [...preview.classes].sort((a, b) => b.count - a.count)[0];
      const most = largest ? `; most frequent: ${largest.name}, ${formatNumber(largest.count)}` : '';
      return `${plural(preview.total, 'label')} in ${plural(preview.classes.length, 'class', 'classes')}${most}.`;
    }
    case 'spikes': {
      const rates = preview.populations.map((population, index) => rateText(population.name, preview.rates[index]));
      const place = `item ${formatNumber(preview.item + 1)} of ${formatNumber(preview.itemCount)}`;
      const time = `${formatNumber(preview.stepCount * preview.dt)} ms`;
      const mean = rates.length > 0 ? `; mean rate: ${rates.join(', ')}` : '';
      return `Raster of ${place}: ${plural(preview.spikesInItem, 'spike')} of ${plural(preview.unitCount, 'neuron')} in ${time}${mean}.`;
    }
    case 'matrix': {
      const range = `${formatNumber(preview.min, 3)} to ${withUnit(formatNumber(preview.max, 3), preview.unit)}`;
      const size = `${formatNumber(preview.totalRows)}${times}${formatNumber(preview.totalColumns)}`;
      return `Heat map of ${preview.of}, ${preview.rowLabel} by ${preview.columnLabel} (${size}), values ${range}.`;
    }
    case 'model': {
      const chain = preview.blocks.map((block) => block.type).join(' then ') || 'no block';
      const count =
        preview.parameters === null ? 'parameter count not known yet' : plural(preview.parameters, 'parameter');
      return `Model: ${chain}; ${count}; ${preview.trained ? (preview.epochs === 0 ? 'solved in closed form' : `trained for ${plural(preview.epochs, 'epoch')}`) : 'not trained'}.`;
    }
    case 'series': {
      const curves = preview.curves.map(({ name, unit, y }) => {
        const [first, last] = [y[0], y.at(-1)];
        if (first === undefined || last === undefined) return `${name} without points`;
        return `${name} from ${formatNumber(first)} to ${withUnit(formatNumber(last), unit)}`;
      });
      return `${plural(preview.curves.length, 'curve')} over ${axisTitle(preview.xLabel, preview.xUnit)}: ${curves.join('; ')}.`;
    }
    case 'figure': {
      const titles = preview.panels.map(({ title, x, y }) => title ?? `${y.label} over ${x.label}`);
      return `Figure with ${plural(preview.panels.length, 'panel')} (${titles.join('; ')}): ${preview.title}. ${preview.caption}`;
    }
    case 'table':
      return `Table with ${plural(preview.totalRows, 'row')}: ${preview.columns.map((column) => column.label).join(', ')}.`;
  }
}
