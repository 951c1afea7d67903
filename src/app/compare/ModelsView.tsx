/** Weights of trained models as histograms over each other, layer by layer or all together. */
import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { histograms } from '../../analysis/compare/histogram';
import { weightArrays } from '../../analysis/compare/shown';
import { letterOf } from '../../core/letter';
import { formatNumber } from '../../core/units';
import type { PortValue } from '../../kit/values';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { OverlayPlot } from './OverlayPlot';
import type { PlotCurve } from './paint-overlay';
import { useBox } from './use-box';

const all = 'All weights';

export function ModelsView({
  values,
  labels,
}: {
  readonly values: readonly (PortValue | null)[];
  readonly labels: readonly string[];
}) {
  const [chosen, setChosen] = useState(all);
  const [box, { height }] = useBox<HTMLDivElement>();
  const layers = [
    ...new Set(
      values.flatMap((value) =>
        value?.kind === 'model' ? (value.trained?.weights.map(({ name }) => name) ?? []) : [],
      ),
    ),
  ];
  const layer = layers.includes(chosen) ? chosen : null;
  const arrays = useMemo(
    () => values.map((value) => (value ? weightArrays(value, layer) : new Float32Array(0))),
    [values, layer],
  );
  const curves = useMemo((): readonly PlotCurve[] => {
    const counted = histograms(arrays, 80);
    if (!counted) return [];
    return counted.density.map((y, place) => ({ place, x: counted.x, y, sd: null, steps: true }));
  }, [arrays]);
  if (layers.length === 0)
    return <p className={classes.nothing}>These models are not trained: there are no weights to compare yet.</p>;
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <NativeSelect
          size="xs"
          aria-label="Layer"
          value={layer ?? all}
          data={[all, ...layers]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <div className={classes.legend}>
          {labels.map((label, place) => (
            <span key={letterOf(place)} className={classes.legendEntry}>
              <Letter place={place} />
              {label}
              <b>{formatNumber(arrays[place]?.length ?? 0, 9)} weights</b>
            </span>
          ))}
        </div>
      </div>
      <div className={classes.stacked} ref={box}>
        <OverlayPlot
          curves={curves}
          xTitle={layer ?? 'weight'}
          yTitle="density"
          height={height}
          label={`Histograms of the weights of ${labels.join(' and ')}`}
          origin
        />
      </div>
    </div>
  );
}
