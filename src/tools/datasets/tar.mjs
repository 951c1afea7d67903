/**
 * Reads an npm tarball (POSIX ustar in GZIP) in memory. Nothing is unpacked to disk, so that no entry's name can lead
 * anywhere: callers ask for the names they want. IEEE Std 1003.1, pax: ustar interchange format.
 */
import { gunzipSync } from 'node:zlib';

const block = 512;
const text = (header, from, length) => header.toString('latin1', from, from + length).split('\0')[0];
const octal = (header, from, length) => {
  const digits = text(header, from, length).trim();
  if (!/^[0-7]+$/.test(digits)) throw new Error('a header without numbers');
  return Number.parseInt(digits, 8);
};

/** Sum of the header's bytes with the checksum field taken as spaces. */
function sumOf(header) {
  let sum = 0;
  for (let i = 0; i < block; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i];
  return sum;
}

/** Regular files by name. Throws a plain Error that says what is wrong when the archive is damaged or cut short. */
export function readTarball(bytes) {
  const archive = gunzipSync(bytes);
  const files = new Map();
  let at = 0;
  while (at + block <= archive.length) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return files;
    if (octal(header, 148, 8) !== sumOf(header)) throw new Error('a header with a wrong checksum');
    const size = octal(header, 124, 12);
    const content = archive.subarray(at + block, at + block + size);
    if (content.length < size) throw new Error('an archive that is cut short');
    const prefix = text(header, 345, 155);
    const name = text(header, 0, 100);
    const kind = text(header, 156, 1);
    if (kind === '' || kind === '0') files.set(prefix ? `${prefix}/${name}` : name, content);
    at += block + Math.ceil(size / block) * block;
  }
  throw new Error('an archive without an end');
}
