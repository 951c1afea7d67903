/** GZIP: the files of MNIST are published in it. One member, as every tool writes it. */
import { gunzipSync } from 'fflate';
import { DataError } from '../core/errors';
import { formatBytes } from '../core/units';

/** Far above MNIST's 47 MB; a file that claims more would not fit in a page's memory next to its images. */
const largest = 1e9;

export const looksLikeGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The content. `name` is for messages. Throws DataError when it is damaged or too large. */
export function readGzip(bytes: Uint8Array, name: string): Uint8Array {
  // The last four bytes state the size of the content.
  const size = bytes.length >= 18 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true) : 0;
  if (size > largest) throw notReadable(name, formatBytes(size), `at most ${formatBytes(largest)}`);
  try {
    const content = gunzipSync(bytes);
    if (content.length === size) return content;
  } catch (cause) {
    throw notReadable(name, cause instanceof Error ? cause.message : 'damaged content', 'a whole GZIP file', cause);
  }
  throw notReadable(name, 'content of another length than it states', 'a whole GZIP file');
}

const notReadable = (name: string, found: string, expected: string, cause?: unknown): DataError =>
  new DataError(
    {
      code: 'data.not-gzip',
      message: `"${name}" cannot be unpacked.`,
      path: name,
      found,
      expected,
      cure: 'Get the file again.',
    },
    { cause },
  );
