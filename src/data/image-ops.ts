/** Plain operations on decoded pictures: colour to grey, alpha away, cut to shape, change of size. */
import type { Picture } from './picture';

/** Luma of ITU-R BT.601, as most image programs compute it. */
export const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** Lays the picture over white; a picture without alpha is returned as it is. */
export function dropAlpha(picture: Picture): Picture {
  const { width, height, channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  const kept = (channels - 1) as 1 | 3;
  const out = new Float32Array(width * height * kept);
  for (let p = 0; p < width * height; p++) {
    const alpha = data[p * channels + kept] as number;
    for (let c = 0; c < kept; c++) out[p * kept + c] = (data[p * channels + c] as number) * alpha + (1 - alpha);
  }
  return { width, height, channels: kept, data: out };
}

/** One channel: 0.299 R + 0.587 G + 0.114 B. */
export function toGrey(picture: Picture): Picture {
  const { width, height, channels, data } = dropAlpha(picture);
  if (channels === 1) return { width, height, channels, data };
  const out = new Float32Array(width * height);
  for (let p = 0; p < out.length; p++) {
    out[p] = luma(data[3 * p] as number, data[3 * p + 1] as number, data[3 * p + 2] as number);
  }
  return { width, height, channels: 1, data: out };
}

/** Three channels; grey is repeated. */
export function toRgb(picture: Picture): Picture {
  const { width, height, channels, data } = dropAlpha(picture);
  if (channels === 3) return { width, height, channels, data };
  const out = new Float32Array(width * height * 3);
  for (let i = 0; i < out.length; i++) out[i] = data[Math.floor(i / 3)] as number;
  return { width, height, channels: 3, data: out };
}

/** The largest part in the middle that has the proportions of `width` by `height`. */
export function cropToAspect(picture: Picture, width: number, height: number): Picture {
  const scale = Math.min(picture.width / width, picture.height / height);
  const w = Math.max(1, Math.round(width * scale));
  const h = Math.max(1, Math.round(height * scale));
  if (w === picture.width && h === picture.height) return picture;
  const left = Math.floor((picture.width - w) / 2);
  const top = Math.floor((picture.height - h) / 2);
  const { channels } = picture;
  const data = new Float32Array(w * h * channels);
  for (let y = 0; y < h; y++) {
    const from = ((top + y) * picture.width + left) * channels;
    data.set(picture.data.subarray(from, from + w * channels), y * w * channels);
  }
  return { width: w, height: h, channels, data };
}

interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Weights along one axis. Smaller: the mean of the covered part of each pixel (area), so that nothing aliases. Larger:
 * linear between pixel centres, edges held.
 */
function resizeTaps(from: number, to: number): Taps[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    if (scale > 1) {
      const [start, end] = [i * scale, (i + 1) * scale];
      const first = Math.floor(start);
      const weights: number[] = [];
      for (let k = first; k < Math.min(from, Math.ceil(end - 1e-9)); k++) {
        weights.push((Math.min(end, k + 1) - Math.max(start, k)) / scale);
      }
      return { first, weights };
    }
    const centre = Math.min(from - 1, Math.max(0, (i + 0.5) * scale - 0.5));
    const first = Math.min(from - 1, Math.floor(centre));
    const fraction = centre - first;
    return fraction === 0 ? { first, weights: [1] } : { first, weights: [1 - fraction, fraction] };
  });
}

/** Changes the size: area average where it gets smaller, linear interpolation where it gets larger. */
export function resize(picture: Picture, width: number, height: number): Picture {
  if (picture.width === width && picture.height === height) return picture;
  const { channels } = picture;
  const columns = resizeTaps(picture.width, width);
  const rows = resizeTaps(picture.height, height);
  const narrow = new Float32Array(picture.height * width * channels);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x] as Taps;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += (weights[k] as number) * (picture.data[(y * picture.width + first + k) * channels + c] as number);
        }
        narrow[(y * width + x) * channels + c] = sum;
      }
    }
  }
  const data = new Float32Array(height * width * channels);
  const rowLength = width * channels;
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y] as Taps;
    for (let i = 0; i < rowLength; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) {
        sum += (weights[k] as number) * (narrow[(first + k) * rowLength + i] as number);
      }
      data[y * rowLength + i] = sum;
    }
  }
  return { width, height, channels, data };
}

export interface PictureForm {
  readonly width: number;
  readonly height: number;
  readonly colour: 'grey' | 'rgb';
  /** Cut the edges to keep proportions; else the picture is stretched. */
  readonly crop: boolean;
}

/** A picture of any size and colour, brought to one form. */
export function conform(picture: Picture, form: PictureForm): Picture {
  const coloured = form.colour === 'grey' ? toGrey(picture) : toRgb(picture);
  const shaped = form.crop ? cropToAspect(coloured, form.width, form.height) : coloured;
  return resize(shaped, form.width, form.height);
}
