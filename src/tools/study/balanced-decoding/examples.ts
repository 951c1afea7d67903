/**
 * A sheet of reconstructions: the first held-out images (no choice is made), one row for each decoder and arm, the
 * originals on top. Pixels are drawn three times as large.
 */
import { encodePng, type Picture } from '../../../data/picture';
import type { Job, ReadOutput, StudySession } from '../session';

/** Of a few held-out images: shape of one, originals and reconstructions. */
export interface Reconstructions {
  readonly shape: readonly number[];
  readonly originals: readonly (readonly number[])[];
  readonly images: readonly (readonly number[])[];
}

export interface Examples {
  readonly png: Uint8Array;
  readonly rows: readonly string[];
}

export interface ExampleRow {
  readonly label: string;
  readonly job: Job;
}

const shown = 12;
const zoom = 3;
const gap = 3;

async function reconstructionsOf(read: ReadOutput): Promise<Reconstructions> {
  const predicted = await read('predict-balanced', 'images');
  const images = await read('images', 'images');
  if (predicted.kind !== 'images' || images.kind !== 'images') throw new Error('Images were expected.');
  const shape = predicted.shape.slice(1);
  const size = shape.reduce((all, n) => all * n, 1);
  const at = new Map(Array.from(images.items.ids, (id, place) => [id, place]));
  const rounded = (data: Float32Array, place: number) =>
    Array.from(data.subarray(place * size, (place + 1) * size), (value) => Number(value.toFixed(3)));
  const count = Math.min(shown, predicted.items.ids.length);
  const places = Array.from({ length: count }, (_, k) => k);
  return {
    shape,
    originals: places.map((k) => rounded(images.data, at.get(predicted.items.ids[k] as number) as number)),
    images: places.map((k) => rounded(predicted.data, k)),
  };
}

export async function drawExamples(session: StudySession, rows: readonly ExampleRow[]): Promise<Examples | null> {
  const found: { label: string; of: Reconstructions }[] = [];
  for (const { label, job } of rows) {
    const withImages = { ...job, targets: [...job.targets, 'images'] };
    found.push({ label, of: (await session.record('examples', withImages, reconstructionsOf, true)).measured });
  }
  if (found.length === 0) return null;
  const strips: { label: string; shape: readonly number[]; tiles: readonly (readonly number[])[] }[] = [];
  let before = '';
  for (const { label, of } of found) {
    const kind = of.shape.join('x');
    if (kind !== before) strips.push({ label: 'originals', shape: of.shape, tiles: of.originals });
    before = kind;
    strips.push({ label, shape: of.shape, tiles: of.images });
  }
  return { png: encodePng(sheet(strips)), rows: strips.map(({ label }) => label) };
}

type Strip = { readonly shape: readonly number[]; readonly tiles: readonly (readonly number[])[] };

function sheet(strips: readonly Strip[]): Picture {
  const heightOf = ({ shape }: Strip) => zoom * (shape[0] as number);
  const widthOf = ({ shape, tiles }: Strip) => tiles.length * (zoom * (shape[1] as number) + gap) - gap;
  const height = strips.reduce((sum, strip) => sum + heightOf(strip) + gap, -gap);
  const width = Math.max(...strips.map(widthOf));
  const data = new Float32Array(height * width * 3).fill(0.5);
  let top = 0;
  for (const strip of strips) {
    const [rows = 0, columns = 0, channels = 1] = strip.shape;
    for (const [k, tile] of strip.tiles.entries()) {
      const left = k * (zoom * columns + gap);
      for (let y = 0; y < zoom * rows; y++) {
        for (let x = 0; x < zoom * columns; x++) {
          const pixel = Math.floor(y / zoom) * columns + Math.floor(x / zoom);
          for (let c = 0; c < 3; c++) {
            data[((top + y) * width + left + x) * 3 + c] = tile[pixel * channels + (channels === 3 ? c : 0)] as number;
          }
        }
      }
    }
    top += heightOf(strip) + gap;
  }
  return { height, width, channels: 3, data };
}
