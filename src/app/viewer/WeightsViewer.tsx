/** The weights of a trained model, array by array: how they are spread, and as a matrix. */
import { Loader, Select } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { formatNumber } from '../../core/units';
import type { WeightsLook } from '../../kit/look';
import type { MatrixPreview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { drawXAxis, drawYAxis } from '../../panels/preview/axes';
import { Drawing } from '../../panels/preview/Drawing';
import { MatrixView } from '../../panels/preview/MatrixView';
import { plotStyles } from '../../panels/preview/plot-style';
import { typeScale } from '../../panels/type-scale';
import { type ResultAt, useLook } from './use-look';
import classes from './Viewer.module.css';

const asked = { rows: 400, columns: 800, bins: 61 } as const;
const histogramHeight = 190;

export function WeightsViewer({ at, scheme }: { readonly at: ResultAt; readonly scheme: ColourScheme }) {
  const [array, setArray] = useState(0);
  const { look, state } = useLook(at, { what: 'weights', array, ...asked });
  const matrix = useMemo<MatrixPreview | null>(() => look && asMatrix(look), [look]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) =>
      look && drawHistogram(context, width, height, look, scheme),
    [look, scheme],
  );
  if (!look || !matrix)
    return state === 'gone' ? (
      <p className={classes.gone}>The weights are no longer in the store: run again.</p>
    ) : (
      <Loader size="sm" />
    );
  const told = `${formatNumber(look.count)} weights from ${formatNumber(look.min, 3)} to ${formatNumber(look.max, 3)}, mean ${formatNumber(look.mean, 3)}, standard deviation ${formatNumber(look.sd, 3)}`;
  return (
    <section className={classes.viewer} aria-label="Weights">
      <div className={classes.tools}>
        <Select
          size="xs"
          aria-label="Weights of"
          allowDeselect={false}
          w={260}
          data={look.arrays.map(({ name, shape }, index) => ({
            value: String(index),
            label: `${name}, ${shape.join(' × ')}`,
          }))}
          value={String(look.array)}
          onChange={(value) => setArray(Number(value ?? 0))}
        />
        <span className={classes.told} role="status" aria-label="What is in view">
          {told}
        </span>
      </div>
      <Drawing draw={draw} height={histogramHeight} label={`Histogram: ${told}`} />
      <MatrixView preview={matrix} size="full" scheme={scheme} />
    </section>
  );
}

const asMatrix = ({ matrix, rows, columns, totalRows, totalColumns }: WeightsLook): MatrixPreview => {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of matrix) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return {
    kind: 'matrix',
    of: 'features',
    rowLabel: 'input',
    columnLabel: 'output',
    rows,
    columns,
    totalRows,
    totalColumns,
    values: matrix,
    min: min <= max ? min : 0,
    max: min <= max ? max : 0,
    unit: '1',
  };
};

function drawHistogram(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { histogram, min, max }: WeightsLook,
  scheme: ColourScheme,
): void {
  const style = plotStyles[scheme];
  const fontSize = typeScale.text;
  const box = { left: 74, top: 6, width: width - 86, height: height - 6 - 2 * fontSize - 16 };
  let most = 1;
  for (const count of histogram) if (count > most) most = count;
  const bar = box.width / histogram.length;
  context.fillStyle = style.curves[0] ?? style.text;
  histogram.forEach((count, index) => {
    const high = (count / most) * box.height;
    context.fillRect(box.left + index * bar, box.top + box.height - high, Math.max(1, bar - 1), high);
  });
  drawXAxis(context, box, { min, max, title: 'weight', fontSize }, style, true);
  drawYAxis(context, box, { min: 0, max: most, title: 'weights', fontSize, ticks: 4 }, style, 9);
}
