/**
 * A payload is a run of bytes cut into chunks of at most 16 MiB, because browsers refuse single values beyond about
 * 127 MiB and because a chunk is the unit of checking. Written and read front to back, one chunk in memory at a time.
 */

const MAX_CHUNK_BYTES = 16 * 1024 * 1024;

export const totalBytes = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, part) => sum + part.byteLength, 0);

/** Chunks of `parts` in order. Each has a buffer of its own: storing a view would store the whole buffer behind it. */
export function* cutPayload(parts: readonly Uint8Array[], limit = MAX_CHUNK_BYTES): Generator<Uint8Array> {
  let left = totalBytes(parts);
  let chunk = new Uint8Array(Math.min(left, limit));
  let filled = 0;
  for (const part of parts) {
    let taken = 0;
    while (taken < part.byteLength) {
      const count = Math.min(part.byteLength - taken, chunk.byteLength - filled);
      chunk.set(part.subarray(taken, taken + count), filled);
      taken += count;
      filled += count;
      left -= count;
      if (filled === chunk.byteLength) {
        yield chunk;
        chunk = new Uint8Array(Math.min(left, limit));
        filled = 0;
      }
    }
  }
}

/** Fills arrays from a sequence of chunks that are fetched when their turn comes. */
export class PayloadReader {
  private chunk: Uint8Array = new Uint8Array(0);
  private position = 0;
  private next = 0;

  constructor(
    private readonly count: number,
    private readonly fetch: (index: number) => Promise<Uint8Array>,
  ) {}

  /** Copies the next bytes into all of `target`; throws RangeError when the payload ends early. */
  async fill(target: Uint8Array): Promise<void> {
    let filled = 0;
    while (filled < target.byteLength) {
      if (this.position === this.chunk.byteLength) {
        if (this.next === this.count) throw new RangeError('A stored payload is shorter than its description.');
        this.chunk = await this.fetch(this.next++);
        this.position = 0;
      }
      const count = Math.min(target.byteLength - filled, this.chunk.byteLength - this.position);
      target.set(this.chunk.subarray(this.position, this.position + count), filled);
      this.position += count;
      filled += count;
    }
  }
}
