/**
 * Images as one NPY with all of them, a PNG sheet of the first 100 and the first 100 as single PNG files named by item
 * id. The cap is written into the sheet's text chunk; nothing is lost, since the NPY holds every image unrounded.
 */
import type { ImagesValue } from '../../kit/values';
import { writeNpy } from '../npy';
import { encodePng, type Picture } from '../picture';
import { itemsCsv } from './export-tables';
import type { ExportedFile } from './exported-file';

/** At most this many images become PNG files, and tiles of the sheet. */
const maxPngImages = 100;
/** Grey between the tiles, so that dark and light images both show their edges. */
const gap = 1;
const gapValue = 0.5;

/** The channels that PNG knows; others are shown by their first. */
const pngChannels = (channels: number): Picture['channels'] => (channels === 3 || channels === 4 ? channels : 1);

function pictureAt(images: ImagesValue, index: number): Picture {
  const [, height = 0, width = 0, channels = 1] = images.shape;
  const kept = pngChannels(channels);
  const size = height * width;
  const data = new Float32Array(size * kept);
  for (let p = 0; p < size; p++) {
    for (let c = 0; c < kept; c++) data[p * kept + c] = images.data[(index * size + p) * channels + c] as number;
  }
  return { height, width, channels: kept, data };
}

/** Tiles in a square as nearly as possible, row by row. */
function sheetOf(pictures: readonly Picture[]): Picture {
  const { height, width, channels } = pictures[0] as Picture;
  const columns = Math.ceil(Math.sqrt(pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const sheetWidth = columns * (width + gap) - gap;
  const sheetHeight = rows * (height + gap) - gap;
  const data = new Float32Array(sheetWidth * sheetHeight * channels).fill(gapValue);
  pictures.forEach((picture, k) => {
    const left = (k % columns) * (width + gap);
    const top = Math.floor(k / columns) * (height + gap);
    for (let y = 0; y < height; y++) {
      const row = picture.data.subarray(y * width * channels, (y + 1) * width * channels);
      data.set(row, ((top + y) * sheetWidth + left) * channels);
    }
  });
  return { height: sheetHeight, width: sheetWidth, channels, data };
}

export function exportImages(name: string, images: ImagesValue): ExportedFile[] {
  const files: ExportedFile[] = [
    { path: `${name}.npy`, bytes: writeNpy(images.data, images.shape) },
    { path: `${name}.items.csv`, bytes: itemsCsv(images.items) },
  ];
  const total = images.items.ids.length;
  const count = Math.min(total, maxPngImages);
  if (count === 0 || images.data.length === 0) return files;
  const pictures = Array.from({ length: count }, (_, index) => pictureAt(images, index));
  const shown = count < total ? `The first ${count} of ${total} images` : `All ${count} images`;
  const text = { Software: 'Spikeloom', Description: `${shown}; ${name}.npy holds all.` };
  files.push({ path: `${name}.png`, bytes: encodePng(sheetOf(pictures), text), isPicture: true });
  // Single images are data: an image source reads them again.
  pictures.forEach((picture, index) => {
    files.push({ path: `${name}/${images.items.ids[index]}.png`, bytes: encodePng(picture) });
  });
  return files;
}
