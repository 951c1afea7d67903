/**
 * Images of one item beside, over or against each other, with zoom, pan and pixel readout in step. The item is chosen by
 * hand, or as the best, the middle or the worst by a score.
 */

import { Button, Slider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { letterOf } from '../../core/letter';
import { formatNumber, withUnit } from '../../core/units';
import type { PortValue } from '../../kit/values';
import { useColourScheme } from '../../panels/colour-scheme';
import { ColourBar } from './ColourBar';
import classes from './Compare.module.css';
import { ImageTools } from './ImageTools';
import { ItemBar } from './ItemBar';
import { commonItems, type Picture } from './image-pixels';
import { layOutPanes } from './lay-out-panes';
import { Pane, type Pixel, wholeView } from './Pane';
import { type Rank, rankings } from './rankings';
import { useBox } from './use-box';
import type { Conclusion } from './use-conclusion';
import { useFlicker } from './use-flicker';
import { type ImagesMode, type Pictures, type PlacedImages, usePictures } from './use-pictures';

interface Props {
  readonly labels: readonly string[];
  readonly values: readonly (PortValue | null)[];
  readonly reference: PortValue | null;
  readonly conclusion: Conclusion | null;
  /** Told what is shown, for the exported figure. */
  readonly onShown: (pictures: readonly Picture[], item: string) => void;
}

const barWidth = 66;

export function ImagesView({ labels, values, reference, conclusion, onShown }: Props) {
  const scheme = useColourScheme();
  const [asked, setMode] = useState<ImagesMode>('side');
  const [wantedAt, setAt] = useState(0);
  const [pair, setPair] = useState<readonly [number, number]>([0, 1]);
  const [share, setShare] = useState(50);
  const [view, setView] = useState(wholeView);
  const [pixel, setPixel] = useState<Pixel | null>(null);
  const [box, size] = useBox<HTMLDivElement>();
  // A pixel that is told again is the same, so that nothing is drawn anew.
  const point = (next: Pixel | null) =>
    setPixel((before) => (before?.x === next?.x && before?.y === next?.y ? before : next));

  const images = useMemo(
    () => values.flatMap((value, place): PlacedImages[] => (value?.kind === 'images' ? [{ value, place }] : [])),
    [values],
  );
  const truth = reference?.kind === 'images' ? reference : null;
  const items = useMemo(
    () => commonItems([...images.map(({ value }) => value), ...(truth ? [truth] : [])]),
    [images, truth],
  );
  const ids = useMemo(() => items.map(({ id }) => id), [items]);
  const at = Math.min(wantedAt, Math.max(0, items.length - 1));
  const item = items[at];
  const mode = (asked === 'residual' && !truth) || images.length < 2 ? 'side' : asked;
  // One of the two may have been taken out since.
  const [first, second] = pair.every((k) => k < images.length) ? pair : [0, Math.min(1, images.length - 1)];
  const pictures = usePictures({ images, truth, item, labels, mode, first, second, scheme });
  const flicker = useFlicker(mode === 'flicker');
  const ranks = useMemo(() => rankings(conclusion, labels.length), [conclusion, labels.length]);

  useEffect(() => {
    if (pictures && item) onShown(forFigure(pictures, mode), `item ${item.id}`);
  }, [pictures, mode, item, onShown]);

  if (!pictures || !item) {
    return (
      <p className={classes.nothing}>
        These results share no item, so no pictures can be set side by side. Their statistics are compared without
        pairs.
      </p>
    );
  }
  const other = pictures.all[second];
  const over =
    other && (mode === 'slider' || mode === 'flicker')
      ? { picture: other, share: mode === 'slider' ? share / 100 : flicker.second ? 0 : 1 }
      : undefined;
  const hasBar = pictures.maps.length > 0;
  const panes = layOutPanes(
    { width: size.width - (hasBar ? barWidth : 0), height: size.height },
    pictures.shown.length,
    pictures.shown[0] ?? { width: 1, height: 1 },
  );
  const nameAt = (k: number): string => labels[images[k]?.place ?? 0] ?? '';
  return (
    <div className={classes.view}>
      <div className={classes.tools}>
        <ImageTools
          mode={mode}
          onMode={setMode}
          hasTruth={truth !== null}
          images={images}
          labels={labels}
          pair={[first, second]}
          onPair={setPair}
          view={view}
          onView={setView}
        />
      </div>
      <div className={classes.panes} ref={box}>
        <div className={classes.paneGrid} style={{ gridTemplateColumns: `repeat(${panes.columns}, ${panes.width}px)` }}>
          {panes.width > 20 &&
            pictures.shown.map((picture) => (
              <Pane
                key={picture.key}
                picture={picture}
                width={panes.width}
                height={panes.height}
                view={view}
                onView={setView}
                pixel={pixel}
                onPixel={point}
                over={over}
                caption={!over}
              />
            ))}
        </div>
        {hasBar && (
          <ColourBar
            title={mode === 'residual' ? '− original' : (pictures.maps[0]?.label ?? '')}
            end={pictures.end}
            scheme={scheme}
            height={Math.min(panes.height, 190)}
          />
        )}
      </div>
      {mode === 'slider' && (
        <div className={classes.divide}>
          <span>{nameAt(first)}</span>
          <Slider thumbLabel="Divider between the images" value={share} onChange={setShare} label={null} size="sm" />
          <span>{nameAt(second)}</span>
        </div>
      )}
      {mode === 'flicker' && (
        <div className={classes.divide}>
          <span>
            Showing <b>{nameAt(flicker.second ? second : first)}</b>
          </span>
          <Button size="compact-xs" variant="default" onClick={flicker.toggle}>
            {flicker.running ? 'Pause' : 'Go on'}
          </Button>
          <Button size="compact-xs" variant="default" disabled={flicker.running} onClick={flicker.swap}>
            Swap
          </Button>
        </div>
      )}
      <div className={classes.foot}>
        <ItemBar ids={ids} at={at} onAt={setAt} ranks={ranks} />
        <output className={classes.readout} aria-label="Readout" aria-live="off">
          {pixel ? pixelLine(pictures, pixel) : scoreLine(ranks, item.id)}
        </output>
      </div>
    </div>
  );
}

/** A slider and a flicker are no figure: their pictures stand side by side there. */
const forFigure = ({ original, all, maps, shown }: Pictures, mode: ImagesMode): readonly Picture[] =>
  mode === 'slider' || mode === 'flicker' ? [...(original ? [original] : []), ...all, ...maps] : shown;

function pixelLine({ original, all, maps }: Pictures, { x, y }: Pixel): string {
  const signed = maps.map(
    (map) => `${map.place === null ? map.label : `${letterOf(map.place)} − original`} ${map.read(x, y)}`,
  );
  const values = all.map((picture) => `${letterOf(picture.place ?? 0)} ${picture.read(x, y)}`);
  return [`x ${x}, y ${y}`, ...(original ? [`original ${original.read(x, y)}`] : []), ...values, ...signed].join('   ');
}

/** The first score of the item shown, in each result. */
function scoreLine(ranks: readonly Rank[], id: number): string {
  const [first] = ranks;
  if (!first) return '';
  const own = ranks.filter(({ measure, place }) => measure === first.measure && place !== null);
  const words = own.map(
    ({ place, scores, unit }) =>
      `${letterOf(place ?? 0)} ${withUnit(formatNumber(scores.get(id) ?? Number.NaN, 3), unit)}`,
  );
  return `${first.measureLabel}: ${words.join('   ')}`;
}
