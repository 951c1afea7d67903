/** All images of an output, page by page at any size, and one of them large: zoom, pan, and the value under the cursor. */
import { ActionIcon, Button, Loader, NumberInput, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { formatNumber } from '../../core/units';
import { ImageTile } from './ImageTile';
import { type ResultAt, useLook } from './use-look';
import classes from './Viewer.module.css';

/** Numbers of a page, so that it comes at once. */
const pageNumbers = 400_000;
const sizes: Readonly<Record<string, number>> = { Small: 44, Medium: 72, Large: 132 };

export function ImagesViewer({ at, first }: { readonly at: ResultAt; readonly first: { readonly size: number } }) {
  const perPage = Math.max(6, Math.min(120, Math.floor(pageNumbers / Math.max(1, first.size))));
  const [chosen, setChosen] = useState(0);
  const [tile, setTile] = useState('Medium');
  const [zoom, setZoom] = useState(1);
  const page = Math.floor(chosen / perPage);
  const { look, state } = useLook(at, { what: 'images', first: page * perPage, count: perPage });
  const [pixel, setPixel] = useState<{ readonly row: number; readonly column: number } | null>(null);
  if (!look)
    return state === 'gone' ? (
      <p className={classes.gone}>The images are no longer in the store: run again.</p>
    ) : (
      <Loader size="sm" />
    );
  const { total, height, width, channels } = look;
  const place = chosen - look.first;
  const shown = look.first === page * perPage && place < look.ids.length ? place : null;
  const choose = (item: number) => setChosen(Math.min(total - 1, Math.max(0, item)));
  const side = sizes[tile] ?? 72;
  const fit = Math.max(1, Math.floor(360 / Math.max(width, height)));
  const scale = Math.max(fit, 360 / Math.max(width, height)) * zoom;
  const at0 = pixel ?? { row: Math.floor(height / 2), column: Math.floor(width / 2) };
  const values =
    shown === null
      ? []
      : Array.from(
          { length: channels },
          (_, c) => look.data[((shown * height + at0.row) * width + at0.column) * channels + c] ?? 0,
        );
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    setPixel({
      row: Math.min(height - 1, Math.max(0, at0.row + (by[0] ?? 0))),
      column: Math.min(width - 1, Math.max(0, at0.column + (by[1] ?? 0))),
    });
  };
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <ActionIcon aria-label="Previous image" disabled={chosen <= 0} onClick={() => choose(chosen - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <NumberInput
          size="xs"
          w={86}
          hideControls
          aria-label={`Image, 1 to ${total}`}
          min={1}
          max={total}
          value={chosen + 1}
          onChange={(value) => typeof value === 'number' && choose(value - 1)}
        />
        <ActionIcon aria-label="Next image" disabled={chosen >= total - 1} onClick={() => choose(chosen + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <span className={classes.told} role="status" aria-label="What is in view">
          Images {formatNumber(look.first + 1)} to {formatNumber(look.first + look.ids.length)} of {formatNumber(total)}
          , {height} × {width}
          {state === 'loading' && <Loader size={11} ml={6} />}
        </span>
        <SegmentedControl
          size="xs"
          aria-label="Size of the tiles"
          data={Object.keys(sizes)}
          value={tile}
          onChange={setTile}
        />
        <Button size="compact-sm" variant="default" disabled={page === 0} onClick={() => choose((page - 1) * perPage)}>
          Previous page
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={(page + 1) * perPage >= total}
          onClick={() => choose((page + 1) * perPage)}
        >
          Next page
        </Button>
      </div>
      <div className={classes.images}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields */}
        <div className={classes.grid} role="group" aria-label="Images" style={{ ['--sl-tile' as string]: `${side}px` }}>
          {Array.from(look.ids, (id, index) => (
            <button
              key={id}
              type="button"
              className={classes.tile}
              aria-pressed={index === shown}
              aria-label={`Image ${look.first + index + 1}, id ${id}`}
              onClick={() => choose(look.first + index)}
            >
              <ImageTile look={look} index={index} width={side} />
              <small>#{id}</small>
            </button>
          ))}
        </div>
        {shown !== null && (
          <div className={classes.one}>
            <div className={classes.tools}>
              <Button size="compact-sm" variant="default" disabled={zoom <= 1} onClick={() => setZoom(zoom / 2)}>
                Zoom out
              </Button>
              <Button size="compact-sm" variant="default" disabled={zoom >= 16} onClick={() => setZoom(zoom * 2)}>
                Zoom in
              </Button>
              <span>{formatNumber(zoom * 100)} %</span>
            </div>
            {/* biome-ignore lint/a11y/useSemanticElements: a section would be a landmark of its own */}
            <div
              className={classes.large}
              role="group"
              aria-label={`Image ${chosen + 1} large: arrows move the pixel that is read`}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows work on it
              tabIndex={0}
              onKeyDown={onKey}
              onPointerMove={(event) => {
                const rect = event.currentTarget.querySelector('canvas')?.getBoundingClientRect();
                if (!rect) return;
                const column = Math.floor(((event.clientX - rect.left) / rect.width) * width);
                const row = Math.floor(((event.clientY - rect.top) / rect.height) * height);
                if (column >= 0 && row >= 0 && column < width && row < height) setPixel({ row, column });
              }}
            >
              <ImageTile look={look} index={shown} width={width * scale} mark={pixel ? at0 : null} />
            </div>
            <p className={classes.readout} role="status" aria-label="Pixel">
              row {at0.row}, column {at0.column}: {values.map((value) => formatNumber(value)).join(', ')}
            </p>
            <p className={classes.readout}>
              id {look.ids[shown]}, {look.splits[shown]}
            </p>
          </div>
        )}
      </div>
    </div>
  );
}
