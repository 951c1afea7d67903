/**
 * One picture with the zoom and pan that all panes share: the wheel zooms about the pointer, a drag pans, a double click
 * fits again. The pixel under the pointer of any pane is marked in all of them. A second picture may lie over the first,
 * right of a line (A/B slider) or in turns (flicker).
 */
import { type PointerEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import type { Picture } from './image-pixels';

/** Zoom 1 fits; the centre is in parts of the image. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}
export const wholeView: View = { zoom: 1, x: 0.5, y: 0.5 };
const mostZoom = 40;

export const zoomed = (view: View, factor: number): View => {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  return zoom === 1 ? wholeView : { ...view, zoom };
};

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

interface Props {
  readonly picture: Picture;
  readonly width: number;
  readonly height: number;
  readonly view: View;
  readonly onView: (change: (view: View) => View) => void;
  readonly pixel: Pixel | null;
  readonly onPixel: (pixel: Pixel | null) => void;
  /** Shown right of `share` of the width. */
  readonly over?: { readonly picture: Picture; readonly share: number } | undefined;
  readonly caption?: boolean;
}

interface Placed {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}

function place({ width, height, view, picture }: Props): Placed {
  const scale = Math.min(width / picture.width, height / picture.height) * view.zoom;
  const left = width / 2 - view.x * picture.width * scale;
  const top = height / 2 - view.y * picture.height * scale;
  return { left, top, scale };
}

export function Pane(props: Props) {
  const { picture, width, height, view, onView, pixel, onPixel, over, caption = true } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const placed = place(props);

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width <= 0 || height <= 0) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    const { left, top, scale } = placed;
    const put = (shown: Picture) =>
      context.drawImage(bitmapOf(shown), left, top, shown.width * scale, shown.height * scale);
    put(picture);
    if (over) {
      context.save();
      context.beginPath();
      context.rect(over.share * width, 0, width, height);
      context.clip();
      context.clearRect(0, 0, width, height);
      put(over.picture);
      context.restore();
    }
    if (pixel) {
      const [x, y] = [left + pixel.x * scale, top + pixel.y * scale];
      context.lineWidth = 1;
      context.strokeStyle = '#000000';
      context.strokeRect(x - 1.5, y - 1.5, scale + 3, scale + 3);
      context.strokeStyle = '#ffffff';
      context.strokeRect(x - 0.5, y - 0.5, scale + 1, scale + 1);
    }
  }, [picture, over, width, height, pixel, placed]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // Not passive: the wheel zooms here and must not scroll what is around.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const [px, py] = [(event.clientX - box.left) / box.width - 0.5, (event.clientY - box.top) / box.height - 0.5];
      onView((before) => {
        const after = zoomed(before, Math.exp(-event.deltaY * 0.002));
        if (after.zoom === 1) return wholeView;
        // What is under the pointer stays there.
        const shift = 1 / before.zoom - 1 / after.zoom;
        return { zoom: after.zoom, x: before.x + px * shift, y: before.y + py * shift };
      });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onView]);

  const onMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { left, top, scale } = placed;
    if (held.current && event.buttons > 0) {
      const [dx, dy] = [event.clientX - held.current.x, event.clientY - held.current.y];
      held.current = { x: event.clientX, y: event.clientY };
      if (view.zoom > 1)
        onView((before) => ({
          ...before,
          x: before.x - dx / (picture.width * scale),
          y: before.y - dy / (picture.height * scale),
        }));
      return;
    }
    const [x, y] = [
      Math.floor((event.clientX - box.left - left) / scale),
      Math.floor((event.clientY - box.top - top) / scale),
    ];
    const inside = x >= 0 && y >= 0 && x < picture.width && y < picture.height;
    onPixel(inside ? { x, y } : null);
  };

  return (
    <figure className={classes.pane} style={{ width }}>
      {caption && (
        <figcaption className={classes.caption}>
          {picture.place !== null && <Letter place={picture.place} />}
          <span className={classes.captionText} title={picture.label}>
            {picture.label}
          </span>
        </figcaption>
      )}
      <canvas
        ref={canvas}
        role="img"
        aria-label={over ? `${picture.label} left, ${over.picture.label} right` : picture.label}
        style={{ width, height }}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={() => {
          held.current = null;
        }}
        onPointerMove={onMove}
        onPointerLeave={() => onPixel(null)}
        onDoubleClick={() => onView(() => wholeView)}
      />
    </figure>
  );
}

const bitmaps = new WeakMap<Picture, HTMLCanvasElement>();

function bitmapOf(picture: Picture): HTMLCanvasElement {
  const known = bitmaps.get(picture);
  if (known) return known;
  const made = document.createElement('canvas');
  made.width = picture.width;
  made.height = picture.height;
  made.getContext('2d')?.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
  bitmaps.set(picture, made);
  return made;
}
