/**
 * Every spike of a recording: zoom and pan over all items, one after the other, by wheel, drag, keys and buttons. Where
 * there are many, cells are shaded by their number; close up each spike is a mark.
 */
import { ActionIcon, Button, Loader, Tooltip } from '@mantine/core';
import {
  IconArrowsVertical,
  IconChevronLeft,
  IconChevronRight,
  IconFold,
  IconZoomIn,
  IconZoomOut,
  type TablerIcon,
} from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../core/units';
import type { SpikesPreview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { Drawing, useWidth } from '../../panels/preview/Drawing';
import { plotStyles, populationColours } from '../../panels/preview/plot-style';
import { drawRasterWindow, plotBox } from './draw-raster-window';
import { FigureButtons } from './FigureButtons';
import { emptyPicture } from './raster-picture';
import { everything, itemsIn, panned, type RasterWindow, wholeItem, zoomed } from './raster-window';
import type { ResultAt } from './use-look';
import { useRaster } from './use-raster';
import classes from './Viewer.module.css';
import { rasterFigure } from './view-figures';

const height = 460;
const closer = 0.5;

interface Props {
  readonly at: ResultAt;
  readonly preview: SpikesPreview;
  readonly scheme: ColourScheme;
  readonly node: string;
  readonly name: string;
}

export function RasterViewer({ at, preview, scheme, node, name }: Props) {
  const { stepCount, itemCount, unitCount, dt, populations } = preview;
  const size = useMemo(() => ({ stepCount, itemCount, unitCount }), [stepCount, itemCount, unitCount]);
  const [window, setWindow] = useState<RasterWindow>(() => wholeItem(size, preview.item));
  const [box, width] = useWidth<HTMLDivElement>(undefined);
  const plot = plotBox(width, height);
  const { picture, state } = useRaster(at, window, plot.width, plot.height);
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const grabbed = useRef<{ readonly x: number; readonly y: number; readonly window: RasterWindow } | null>(null);

  const colours = populationColours(
    populations.map(({ name }) => name),
    scheme,
  );
  const draw = useCallback(
    (context: CanvasRenderingContext2D, wide: number, high: number) =>
      drawRasterWindow(context, wide, high, { picture, window, preview, scheme }),
    [picture, window, preview, scheme],
  );

  const fraction = (clientX: number, clientY: number) => {
    const rect = box.current?.getBoundingClientRect();
    if (!rect) return { x: 0.5, y: 0.5 };
    return {
      x: Math.min(1, Math.max(0, (clientX - rect.left - plot.left) / plot.width)),
      y: Math.min(1, Math.max(0, 1 - (clientY - rect.top - plot.top) / plot.height)),
    };
  };

  // React's own wheel listener may not keep the page from scrolling.
  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  onWheel.current = (event) => {
    event.preventDefault();
    const factor = Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240)));
    const place = fraction(event.clientX, event.clientY);
    setWindow((before) =>
      zoomed(size, before, { time: event.shiftKey ? 1 : factor, units: event.shiftKey ? factor : 1 }, place),
    );
  };
  useEffect(() => {
    const element = box.current;
    const listen = (event: WheelEvent) => onWheel.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, [box]);

  const [firstItem, lastItem] = itemsIn(size, window);
  const goTo = (item: number) => setWindow(wholeItem(size, Math.min(itemCount - 1, Math.max(0, item))));
  const change = (work: (before: RasterWindow) => RasterWindow) => setWindow(work);
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-0.25, 0], ArrowRight: [0.25, 0], ArrowUp: [0, 0.25], ArrowDown: [0, -0.25] }[event.key];
    if (by) change((before) => panned(size, before, { x: by[0] ?? 0, y: by[1] ?? 0 }));
    else if (event.key === '+' || event.key === '=')
      change((before) => zoomed(size, before, { time: closer, units: 1 }));
    else if (event.key === '-') change((before) => zoomed(size, before, { time: 1 / closer, units: 1 }));
    else if (event.key === 'Home') goTo(firstItem);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = { x: event.clientX, y: event.clientY, window };
  };
  const onMove = (event: PointerEvent) => {
    const { current: hand } = grabbed;
    setPointer(fraction(event.clientX, event.clientY));
    if (!hand) return;
    const by = { x: (hand.x - event.clientX) / plot.width, y: (event.clientY - hand.y) / plot.height };
    setWindow(panned(size, hand.window, by));
  };
  const onUp = () => {
    grabbed.current = null;
  };

  const tool = (label: string, Icon: TablerIcon, onClick: () => void, disabled = false) => (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick} disabled={disabled}>
        <Icon size={17} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
  const [steps, units] = [window.toStep - window.fromStep, window.toUnit - window.fromUnit];
  const oneItem = firstItem === lastItem;
  const items = oneItem
    ? `Item ${formatNumber(firstItem + 1)} of ${formatNumber(itemCount)}`
    : `Items ${formatNumber(firstItem + 1)} to ${formatNumber(lastItem + 1)} of ${formatNumber(itemCount)}`;
  const inView = picture?.window === window ? `${formatNumber(picture.spikes)} spikes` : 'reading';
  const told = `${items}, ${formatNumber(steps * dt)} ms, neurons ${formatNumber(window.fromUnit)} to ${formatNumber(window.toUnit - 1)}`;

  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        {tool('Previous item', IconChevronLeft, () => goTo(firstItem - 1), firstItem <= 0)}
        {tool('Next item', IconChevronRight, () => goTo(firstItem + 1), firstItem >= itemCount - 1)}
        <Button size="compact-sm" variant="default" onClick={() => goTo(firstItem)}>
          One item
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setWindow(everything(size))}>
          All items
        </Button>
        <span className={classes.gap} />
        {tool('Zoom in on time', IconZoomIn, () => change((w) => zoomed(size, w, { time: closer, units: 1 })))}
        {tool('Zoom out of time', IconZoomOut, () => change((w) => zoomed(size, w, { time: 1 / closer, units: 1 })))}
        {tool('Fewer neurons', IconArrowsVertical, () => change((w) => zoomed(size, w, { time: 1, units: closer })))}
        {tool('More neurons', IconFold, () => change((w) => zoomed(size, w, { time: 1, units: 1 / closer })))}
        <span className={classes.gap} />
        <FigureButtons
          figure={() =>
            rasterFigure(picture ?? emptyPicture(window, 1, 1), preview, {
              title: name,
              caption: `${told}: ${inView}.`,
            })
          }
          what="what is in view"
          name={name}
          node={node}
          contentKey={at.resultKey}
          disabled={picture?.window !== window || state !== 'ready'}
        />
        <span className={classes.told} role="status" aria-label="What is in view">
          {told}: {inView}
          {state === 'loading' && <Loader size={11} ml={6} />}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields */}
      <div
        ref={box}
        className={classes.surface}
        role="group"
        aria-label="Spike raster: arrows move, plus and minus zoom, Home shows the whole item"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys above work on it
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={onUp}
        onPointerLeave={() => setPointer(null)}
      >
        <Drawing draw={draw} height={height} label={`${told}: ${inView}`} />
        {state === 'gone' && <p className={classes.gone}>The spikes are no longer in the store: run again.</p>}
      </div>
      <div className={classes.legend}>
        {populations.map(({ name, count }, index) => (
          <span key={name}>
            <i style={{ background: colours[index] ?? plotStyles[scheme].muted }} />
            {name}, {formatNumber(count)} neurons
          </span>
        ))}
        <span className={classes.readout}>
          {pointer
            ? readout(pointer, window, preview, picture?.window === window ? picture : null)
            : 'Wheel zooms time, Shift+wheel neurons; drag moves.'}
        </span>
      </div>
      <p className="sl-visually-hidden">{units} neurons are in view.</p>
    </div>
  );
}

/** What lies under the pointer. */
function readout(
  at: { readonly x: number; readonly y: number },
  window: RasterWindow,
  { stepCount, dt, populations }: SpikesPreview,
  picture: { readonly counts: Uint16Array; readonly columns: number; readonly rows: number } | null,
): string {
  const step = Math.min(window.toStep - 1, Math.floor(window.fromStep + at.x * (window.toStep - window.fromStep)));
  const unit = Math.min(window.toUnit - 1, Math.floor(window.fromUnit + at.y * (window.toUnit - window.fromUnit)));
  const population = populations.find(({ start, count }) => unit >= start && unit < start + count)?.name ?? '';
  const column = picture ? Math.min(picture.columns - 1, Math.floor(at.x * picture.columns)) : 0;
  const row = picture ? Math.min(picture.rows - 1, Math.floor(at.y * picture.rows)) : 0;
  const count = picture ? (picture.counts[row * picture.columns + column] ?? 0) : null;
  const spikes = count === null ? '' : `, ${count} ${count === 1 ? 'spike' : 'spikes'} here`;
  return `item ${Math.floor(step / stepCount) + 1}, ${formatNumber((step % stepCount) * dt)} ms, neuron ${formatNumber(unit)} ${population}${spikes}`;
}
