/**
 * Spikes of one item as rasters of every unit, below each other, with the population rates over time beside them: mean over
 * all items with a band, and the difference. One time cursor runs through all of them.
 */

import { type PointerEvent, useCallback, useEffect, useMemo, useState } from 'react';
import { overlayOf } from '../../analysis/compare/overlay';
import { useSession } from '../../editor/hooks';
import type { SpikesPreview } from '../../kit/preview';
import type { SpikeEvents } from '../../kit/spike-look';
import type { SpikesValue } from '../../kit/values';
import { useColourScheme } from '../../panels/colour-scheme';
import { Letter } from '../../panels/Letter';
import { Drawing } from '../../panels/preview/Drawing';
import { drawRaster, rasterBox } from '../../panels/preview/raster';
import classes from './Compare.module.css';
import { CurvesView } from './CurvesView';
import { ItemBar } from './ItemBar';
import { rankings } from './rankings';
import { useBox } from './use-box';
import type { Conclusion } from './use-conclusion';
import type { ComparedResult } from './use-results';

interface Props {
  readonly results: readonly ComparedResult[];
  readonly labels: readonly string[];
  readonly groups: readonly (readonly number[])[];
  readonly conclusion: Conclusion | null;
}

interface Shown {
  readonly result: ComparedResult;
  readonly value: SpikesValue;
}

export function SpikesView({ results, labels, groups, conclusion }: Props) {
  const [wantedAt, setAt] = useState(0);
  const [cursor, setCursor] = useState<number | null>(null);
  const [box, { width, height }] = useBox<HTMLDivElement>();
  const shown = useMemo(
    () =>
      results.flatMap((result): Shown[] => (result.value?.kind === 'spikes' ? [{ result, value: result.value }] : [])),
    [results],
  );
  const ids = useMemo(() => {
    const [first, ...others] = shown.map(({ value }) => value.items.ids);
    const sets = others.map((list) => new Set(list));
    return first ? [...first].filter((id) => sets.every((set) => set.has(id))) : [];
  }, [shown]);
  const at = Math.min(wantedAt, Math.max(0, ids.length - 1));
  const id = ids[at];
  const overlays = useMemo(() => results.map(({ value, look }) => (value ? overlayOf(value, look) : null)), [results]);
  const ranks = useMemo(() => rankings(conclusion, labels.length), [conclusion, labels.length]);
  const wide = width > 640;
  const rasters = Math.max(1, shown.length);
  const each = wide ? Math.max(110, Math.floor(height / rasters) - 24) : 130;
  const longest = Math.max(...shown.map(({ value }) => value.stepCount * value.dt));
  return (
    <div className={classes.view}>
      <div className={wide ? classes.split : classes.scrolled} ref={box}>
        <div className={classes.rasters}>
          {shown.map(({ result, value }) => (
            <Raster
              key={result.entry.id}
              result={result}
              value={value}
              item={id === undefined ? 0 : value.items.ids.indexOf(id)}
              height={each}
              longest={longest}
              cursor={cursor}
              onCursor={setCursor}
            />
          ))}
        </div>
        <div className={classes.curves}>
          <CurvesView labels={labels} overlays={overlays} groups={groups} cursor={cursor} onCursor={setCursor} />
        </div>
      </div>
      <div className={classes.foot}>
        {ids.length > 0 ? (
          <ItemBar ids={ids} at={at} onAt={setAt} ranks={ranks} />
        ) : (
          <span>These results share no item: each raster shows its first.</span>
        )}
      </div>
    </div>
  );
}

interface RasterProps extends Shown {
  readonly item: number;
  readonly height: number;
  /** Of all results, ms: so that one time stands at one place. */
  readonly longest: number;
  readonly cursor: number | null;
  readonly onCursor: (time: number | null) => void;
}

function Raster({ result, value, item, height, longest, cursor, onCursor }: RasterProps) {
  const { client } = useSession();
  const scheme = useColourScheme();
  const [box, { width }] = useBox<HTMLDivElement>();
  const [events, setEvents] = useState<SpikeEvents | null>(null);
  const { key, port, entry } = result;
  useEffect(() => {
    if (key === null) return;
    let current = true;
    client
      .spikesOfItem(key, port, Math.max(0, item))
      .then((found) => current && setEvents(found))
      // The entry itself says what is wrong with its result.
      .catch(() => current && setEvents(null));
    return () => {
      current = false;
    };
  }, [client, key, port, item]);
  const preview = useMemo(() => (events ? wholeRaster(value, events, longest) : null), [value, events, longest]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, w: number, h: number) =>
      preview && drawRaster(context, w, h, preview, scheme, 'panel'),
    [preview, scheme],
  );
  const frame = rasterBox(width, height, 'panel');
  const point = (event: PointerEvent) => {
    const from = event.currentTarget.getBoundingClientRect().left + frame.left;
    const time = ((event.clientX - from) / frame.width) * longest;
    onCursor(time >= 0 && time <= longest ? time : null);
  };
  return (
    <figure className={classes.raster}>
      <figcaption className={classes.caption}>
        <Letter place={result.place} />
        <span className={classes.captionText}>{entry.label}</span>
        {events && (
          <small className={classes.dim}>{events.units.length.toLocaleString('en-US')} spikes in this item</small>
        )}
      </figcaption>
      <div ref={box} className={classes.plot} onPointerMove={point} onPointerLeave={() => onCursor(null)}>
        {width > 0 && preview && (
          <Drawing draw={draw} width={width} height={height} label={`Spikes of ${entry.label}, every unit`} />
        )}
        {cursor !== null && (
          <div
            className={classes.cursor}
            style={{ left: frame.left + (cursor / longest) * frame.width, height: frame.height }}
          />
        )}
      </div>
    </figure>
  );
}

/** Every unit and spike of an item as a raster; drawn as long as the longest of the results. */
function wholeRaster(value: SpikesValue, { units, steps }: SpikeEvents, longest: number): SpikesPreview {
  return {
    kind: 'spikes',
    item: 0,
    itemId: 0,
    itemCount: value.items.ids.length,
    unitCount: value.unitCount,
    stepCount: Math.round(longest / value.dt),
    discardSteps: value.discardSteps,
    dt: value.dt,
    populations: value.populations,
    units: Uint32Array.from({ length: value.unitCount }, (_, unit) => unit),
    rows: Uint16Array.from(units),
    steps,
    spikesInItem: units.length,
    spikeCount: value.spikeCount,
    rates: [],
  };
}
