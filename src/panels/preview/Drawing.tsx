/**
 * A canvas that is as sharp as the screen: it measures itself, scales by the device pixel ratio and redraws when its
 * size, the ratio or `draw` changes, in a task of its own. `draw` gets CSS pixels. Fixed sizes skip the measuring, so that a canvas in a node
 * never causes a layout; they are drawn at twice the pixels at least, because the editor's zoom magnifies them.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { drawLater } from './draw-later';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

export interface DrawingProps {
  readonly draw: Draw;
  readonly height: number;
  /** Absent: the width of the parent. */
  readonly width?: number;
  /** One sentence for screen readers; empty when the surroundings say it. */
  readonly label: string;
}

/** The width of an element, 0 before it is known. */
export function useWidth<E extends HTMLElement>(
  fixed: number | undefined,
): readonly [React.RefObject<E | null>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(fixed ?? 0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (fixed !== undefined || !element) return;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [fixed]);
  return [ref, fixed ?? width];
}

/** Changes when the window moves to a screen of another density or the page is zoomed. */
function useDevicePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio || 1);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const update = (): void => setRatio(window.devicePixelRatio || 1);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, [ratio]);
  return ratio;
}

export function Drawing({ draw, height, width: fixed, label }: DrawingProps) {
  const [box, width] = useWidth<HTMLDivElement>(fixed);
  const canvas = useRef<HTMLCanvasElement>(null);
  const screen = useDevicePixelRatio();
  const ratio = fixed === undefined ? screen : Math.max(2, screen);

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width <= 0) return;
    return drawLater(() => {
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      draw(context, width, height);
    });
  }, [draw, width, height, ratio]);

  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <div ref={box} style={{ width: fixed ?? '100%', height, overflow: 'hidden' }}>
      <canvas ref={canvas} {...named} style={{ display: 'block', width, height }} />
    </div>
  );
}
