/** Streams the picture of a raster window from the worker, part by part; a newer window ends the older one's stream. */
import { useEffect, useState } from 'react';
import { useSession } from '../../editor/hooks';
import type { RasterLook } from '../../kit/look';
import { emptyPicture, type RasterPicture, withPart } from './raster-picture';
import type { RasterWindow } from './raster-window';
import type { ResultAt } from './use-look';

/** Above this, spikes are cells and no marks. */
const marksAtMost = 6000;
/** A wheel turns on for a while before anything is read. ms */
const settle = 60;

export interface RasterStream {
  /** The newest picture that has something to show; its window may be an older one. */
  readonly picture: RasterPicture | null;
  readonly state: 'loading' | 'ready' | 'gone';
}

export function useRaster(
  { resultKey, port }: ResultAt,
  window: RasterWindow,
  width: number,
  height: number,
): RasterStream {
  const { client } = useSession();
  const [stream, setStream] = useState<RasterStream>({ picture: null, state: 'loading' });
  useEffect(() => {
    if (width < 2 || height < 2) return;
    let current = true;
    const columns = Math.max(1, Math.min(Math.floor(width), window.toStep - window.fromStep));
    const rows = Math.max(1, Math.min(Math.floor(height), window.toUnit - window.fromUnit));
    const read = async () => {
      let picture = emptyPicture(window, columns, rows);
      for (let chunk: number | null = 0; chunk !== null && current; ) {
        const part: RasterLook | null = await client
          .look(resultKey, port, { what: 'raster', ...window, columns, rows, marks: marksAtMost, chunk })
          .catch(() => null);
        if (!current) return;
        if (!part) return setStream({ picture: null, state: 'gone' });
        picture = withPart(picture, part, marksAtMost);
        chunk = part.next;
        setStream({ picture, state: chunk === null ? 'ready' : 'loading' });
      }
    };
    setStream(({ picture }) => ({ picture, state: 'loading' }));
    const timer = setTimeout(() => void read(), settle);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, resultKey, port, window, width, height]);
  return stream;
}
