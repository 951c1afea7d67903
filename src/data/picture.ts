/**
 * Pictures to numbers and back. One JavaScript decoder serves page and Node, since browsers differ in the bytes that
 * they decode to. A picture is float32 in 0..1 (value / 255, or / 65,535 for 16 bits), row major, channel last; colour
 * profiles and gamma are not applied.
 */
import { convertIndexedToRgb, type DecodedPng, decode as decodePngFile, encode as encodePngFile } from 'fast-png';
import jpeg from 'jpeg-js';
import { DataError } from '../core/errors';
import { describeContent, sniffFormat } from './sniff';

export interface Picture {
  readonly height: number;
  readonly width: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  readonly channels: 1 | 2 | 3 | 4;
  /** height x width x channels, 0..1 */
  readonly data: Float32Array;
}

/** Above this a picture is refused before it is decoded: 64 million pixels would take 1 GB. */
const maxPixels = 64e6;

/** Decodes PNG or JPEG, whatever the name says. Throws DataError with what was found when it is neither or damaged. */
export function decodePicture(bytes: Uint8Array, name: string): Picture {
  const format = sniffFormat(bytes);
  if (format !== 'png' && format !== 'jpeg') {
    throw new DataError({
      code: 'data.not-image',
      message: `"${name}" is no image.`,
      path: name,
      found: format ? `a ${format.toUpperCase()} file` : describeContent(bytes),
      expected: 'PNG or JPEG',
      cure: 'Choose a PNG or JPEG file, or convert it first.',
    });
  }
  try {
    return format === 'png' ? decodePng(bytes) : decodeJpeg(bytes);
  } catch (cause) {
    throw new DataError(
      {
        code: 'data.damaged-image',
        message: `"${name}" is a ${format.toUpperCase()} file that cannot be decoded.`,
        path: name,
        found: cause instanceof Error ? cause.message : 'damaged content',
        cure: 'The file may be cut short: get it again, or open it in an image program and save it anew.',
      },
      { cause },
    );
  }
}

function checkSize(width: number, height: number): void {
  if (width * height > maxPixels) throw new Error(`${width} x ${height} pixels, more than ${maxPixels / 1e6} million`);
}

function decodePng(bytes: Uint8Array): Picture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24) checkSize(view.getUint32(16), view.getUint32(20));
  // A copy, because the decoder reads from the start of the buffer under a view.
  const png = decodePngFile(bytes.slice(), { checkCrc: true });
  const { width, height } = png;
  const { samples, channels, max } = png.palette ? fromPalette(png) : unpackSamples(png);
  const data = new Float32Array(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = (samples[i] as number) / max;
  return { width, height, channels: channels as Picture['channels'], data };
}

interface Samples {
  readonly samples: ArrayLike<number>;
  readonly channels: number;
  readonly max: number;
}

const fromPalette = (png: DecodedPng): Samples => ({
  samples: convertIndexedToRgb(png),
  channels: png.palette?.[0]?.length ?? 3,
  max: 255,
});

/** Grey of 1, 2 or 4 bits comes packed, each row beginning at a byte. */
function unpackSamples(png: DecodedPng): Samples {
  const { width, height, depth, channels, data } = png;
  if (depth >= 8) return { samples: data, channels, max: 2 ** depth - 1 };
  const rowBytes = Math.ceil((width * depth) / 8);
  const perByte = 8 / depth;
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)] as number;
      samples[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
    }
  }
  return { samples, channels: 1, max: 2 ** depth - 1 };
}

function decodeJpeg(bytes: Uint8Array): Picture {
  const {
    width,
    height,
    data: rgb,
  } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: maxPixels / 1e6,
    maxMemoryUsageInMB: 2048,
  });
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < data.length; i++) data[i] = (rgb[i] as number) / 255;
  return { width, height, channels: 3, data };
}

/** An 8-bit PNG; values are clipped to 0..1 and rounded. `text` goes into the file's text chunks (Latin-1). */
export function encodePng(picture: Picture, text?: Readonly<Record<string, string>>): Uint8Array {
  const { width, height, channels } = picture;
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < data.length; i++) {
    const value = picture.data[i] as number;
    data[i] = value > 0 ? Math.min(255, Math.round(value * 255)) : 0;
  }
  return encodePngFile({ width, height, channels, depth: 8, data, ...(text ? { text: { ...text } } : {}) });
}
