/** One image, pixel by pixel, with the pixel that is read framed. */
import { useEffect, useRef } from 'react';
import type { ImagesLook } from '../../kit/look';
import { imageToRgba } from '../../panels/preview/image-layout';

interface Props {
  readonly look: ImagesLook;
  readonly index: number;
  /** CSS pixels. */
  readonly width: number;
  readonly mark?: { readonly row: number; readonly column: number } | null;
}

export function ImageTile({ look, index, width: wide, mark = null }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width, channels, data } = look;
  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    element.width = width;
    element.height = height;
    const size = height * width * channels;
    const bytes = Uint8Array.from(data.subarray(index * size, (index + 1) * size), (value) =>
      Math.round(255 * Math.min(1, Math.max(0, value))),
    );
    pen.putImageData(new ImageData(imageToRgba(bytes, 0, width, height, channels), width, height), 0, 0);
  }, [data, index, width, height, channels]);
  const scale = wide / width;
  return (
    <span style={{ position: 'relative', display: 'block', width: wide, height: height * scale }}>
      <canvas
        ref={canvas}
        aria-hidden
        style={{
          display: 'block',
          width: wide,
          height: height * scale,
          imageRendering: scale >= 1 ? 'pixelated' : 'auto',
        }}
      />
      {mark && (
        <span
          style={{
            position: 'absolute',
            left: mark.column * scale,
            top: mark.row * scale,
            width: scale,
            height: scale,
            outline: '2px solid var(--sl-accent)',
            pointerEvents: 'none',
          }}
        />
      )}
    </span>
  );
}
