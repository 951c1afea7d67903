/**
 * The binary form of CIFAR-10: records of 3,073 bytes, the class (0 to 9) and then 1,024 bytes of red, of green and of blue,
 * each 32 x 32 and row major. There is no header, so that a file is known by its length and the first byte of every record.
 */
import type { Picture } from './picture';

const side = 32;
const plane = side * side;
const record = 1 + 3 * plane;

export function looksLikeCifarBinary(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length % record !== 0) return false;
  for (let at = 0; at < bytes.length; at += record) if ((bytes[at] as number) > 9) return false;
  return true;
}

export interface CifarRecords {
  readonly classes: readonly number[];
  readonly picture: (index: number) => Picture;
}

/** `bytes` look like one. */
export function readCifarBinary(bytes: Uint8Array): CifarRecords {
  return {
    classes: Array.from({ length: bytes.length / record }, (_, index) => bytes[index * record] as number),
    picture: (index) => {
      const data = new Float32Array(3 * plane);
      const from = index * record + 1;
      for (let p = 0; p < plane; p++) {
        for (let c = 0; c < 3; c++) data[3 * p + c] = (bytes[from + c * plane + p] as number) / 255;
      }
      return { height: side, width: side, channels: 3, data };
    },
  };
}
