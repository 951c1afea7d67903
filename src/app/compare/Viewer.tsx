/** The way of looking that fits the kind of the compared results. */

import { useMemo } from 'react';
import { overlayOf } from '../../analysis/compare/overlay';
import { type DifferenceRow, seedGroups } from '../../editor/difference-rows';
import classes from './Compare.module.css';
import { CurvesView } from './CurvesView';
import { DistributionView } from './DistributionView';
import { ImagesView } from './ImagesView';
import type { Picture } from './image-pixels';
import { ModelsView } from './ModelsView';
import { SideBySide } from './SideBySide';
import { SpikesView } from './SpikesView';
import { StatisticsTable } from './StatisticsTable';
import type { Conclusion } from './use-conclusion';
import type { Reference } from './use-reference';
import type { ComparedResult } from './use-results';

interface Props {
  readonly results: readonly ComparedResult[];
  readonly conclusion: Conclusion | null;
  readonly differences: readonly DifferenceRow[];
  readonly reference: Reference;
  readonly onShown: (pictures: readonly Picture[], item: string) => void;
}

export function Viewer({ results, conclusion, differences, reference, onShown }: Props) {
  const values = useMemo(() => results.map(({ value }) => value), [results]);
  const labels = useMemo(() => results.map(({ entry }) => entry.label), [results]);
  const groups = useMemo(() => seedGroups(results.length, differences), [results.length, differences]);
  const overlays = useMemo(() => results.map(({ value, look }) => (value ? overlayOf(value, look) : null)), [results]);
  switch (results[0]?.entry.kind) {
    case 'images':
      return (
        <ImagesView
          labels={labels}
          values={values}
          reference={reference.value}
          conclusion={conclusion}
          onShown={onShown}
        />
      );
    case 'spikes':
      return <SpikesView results={results} labels={labels} groups={groups} conclusion={conclusion} />;
    case 'series':
    case 'rates':
    case 'features':
      return <CurvesView labels={labels} overlays={overlays} groups={groups} />;
    case 'model':
      return <ModelsView values={values} labels={labels} />;
    case 'table':
      if (!conclusion) return null;
      return conclusion.rows.some(({ measure }) => measure.sampled) ? (
        <DistributionView conclusion={conclusion} labels={labels} />
      ) : (
        <div className={classes.scroll}>
          <StatisticsTable rows={conclusion.rows} labels={labels} />
        </div>
      );
    default:
      return <SideBySide results={results} />;
  }
}
