/**
 * Spike events of consecutive items, packed. Per item the events are in step order, and the order within a step is kept.
 *
 *   chunk = itemCount, unitBits, then per item (spikeCount, stepBytes with the mode in the top bit), all 32-bit words;
 *           then per item its step bytes, padded to 4, and its units, unitBits each, in 32-bit words.
 *   steps = mode 0: a varint per step up to the last, the number of spikes in it (dense items);
 *           mode 1: a varint per spike, the distance from the spike before it (sparse items).
 *
 * At the encoder's defaults (1,280 units, 2,500 steps, 10,000 spikes an item) that is 11 bits for the unit and 2 for the
 * step: 1.63 bytes per spike. Units and steps are integers below 2^32.
 */
import { CacheError } from '../core/errors';
import type { SpikeChunk } from '../kit/values';

const SPARSE = 0x8000_0000;

export const unitBitsOf = (unitCount: number): number => Math.max(1, 32 - Math.clz32(Math.max(1, unitCount) - 1));

/** Bytes that n events of one item take at most, beside their words in the head: 5 bytes a varint. */
const worstCase = (count: number, bits: number): number => count * 5 + 4 + Math.ceil((count * bits) / 32) * 4;

const refused = (message: string): CacheError => new CacheError({ code: 'cache.bad-spikes', message });

/** The same numbers as 32-bit words, so that the loops over them see one type of array and stay fast. */
function toWords(values: ArrayLike<number>, what: string): Uint32Array {
  if (values instanceof Uint32Array) return values;
  const words = new Uint32Array(values.length);
  for (let i = 0; i < words.length; i++) {
    const value = values[i] as number;
    words[i] = value;
    if (words[i] !== value) throw refused(`The ${what} ${value} of an item's event ${i} is no integer below 2^32.`);
  }
  return words;
}

/** Collects items; `take` gives the packed chunk and starts the next. */
export class SpikePacker {
  private readonly bits: number;
  private body = new Uint8Array(1 << 16);
  private filled = 0;
  private head: number[] = [];
  private count = 0;

  constructor(private readonly unitCount: number) {
    this.bits = unitBitsOf(unitCount);
  }

  get items(): number {
    return this.head.length / 2;
  }
  get spikes(): number {
    return this.count;
  }
  get bytes(): number {
    return 8 + this.head.length * 4 + this.filled;
  }

  /** Throws CacheError if steps run backwards or a unit does not exist; the packer is then as it was. */
  add(units: ArrayLike<number>, steps: ArrayLike<number>): void {
    if (steps.length !== units.length) throw refused(`An item has ${units.length} units but ${steps.length} steps.`);
    this.addWords(toWords(units, 'unit'), toWords(steps, 'step'));
  }

  private addWords(units: Uint32Array, steps: Uint32Array): void {
    const n = units.length;
    this.reserve(worstCase(n, this.bits));
    const last = n > 0 ? (steps[n - 1] as number) : -1;
    const sparse = n <= last;
    const end = sparse ? this.writeGaps(steps) : this.writeCounts(steps, last);
    const aligned = (end + 3) & ~3;
    this.body.fill(0, end, aligned);
    const full = this.writeUnits(units, aligned);
    this.head.push(n, (end - this.filled) | (sparse ? SPARSE : 0));
    this.filled = full;
    this.count += n;
  }

  take(): Uint8Array {
    const bytes = new Uint8Array(this.bytes);
    const words = new Uint32Array(bytes.buffer, 0, 2 + this.head.length);
    words[0] = this.items;
    words[1] = this.bits;
    words.set(this.head, 2);
    bytes.set(this.body.subarray(0, this.filled), words.byteLength);
    this.filled = 0;
    this.head = [];
    this.count = 0;
    return bytes;
  }

  private reserve(extra: number): void {
    if (this.filled + extra <= this.body.byteLength) return;
    const grown = new Uint8Array(Math.ceil(((this.filled + extra) * 1.5) / 4) * 4);
    grown.set(this.body.subarray(0, this.filled));
    this.body = grown;
  }

  private writeCounts(steps: Uint32Array, last: number): number {
    const { body } = this;
    let at = this.filled;
    let i = 0;
    for (let step = 0; step <= last; step++) {
      const from = i;
      while (i < steps.length && steps[i] === step) i++;
      let count = i - from;
      while (count > 127) {
        body[at++] = (count & 127) | 128;
        count >>>= 7;
      }
      body[at++] = count;
    }
    if (i < steps.length) throw refused(`The steps of an item are not in order at its event ${i}.`);
    return at;
  }

  private writeGaps(steps: Uint32Array): number {
    const { body } = this;
    let at = this.filled;
    let before = 0;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as number;
      let gap = step - before;
      if (gap < 0) throw refused(`The steps of an item are not in order at its event ${i}.`);
      while (gap > 127) {
        body[at++] = (gap & 127) | 128;
        gap >>>= 7;
      }
      body[at++] = gap;
      before = step;
    }
    return at;
  }

  private writeUnits(units: Uint32Array, start: number): number {
    const { bits, unitCount } = this;
    const words = new Uint32Array(this.body.buffer, start);
    let at = 0;
    let word = 0;
    let held = 0;
    for (let i = 0; i < units.length; i++) {
      const unit = units[i] as number;
      if (unit >>> 0 !== unit || unit >= unitCount)
        throw refused(`Unit ${unit} does not exist: there are ${unitCount}.`);
      word |= unit << held;
      held += bits;
      if (held >= 32) {
        words[at++] = word;
        held -= 32;
        word = held > 0 ? unit >>> (bits - held) : 0;
      }
    }
    if (held > 0) words[at++] = word;
    return start + at * 4;
  }
}

/** Inverse of SpikePacker. `bytes` must be a chunk that its checksum vouches for. */
export function unpackSpikes(bytes: Uint8Array, firstItem: number): SpikeChunk {
  // Words need an aligned start; a payload that was read as one piece has it.
  const source = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(source.buffer, source.byteOffset, source.byteLength >> 2);
  const itemCount = words[0] as number;
  const bits = words[1] as number;
  const offsets = new Uint32Array(itemCount + 1);
  for (let k = 0; k < itemCount; k++) offsets[k + 1] = (offsets[k] as number) + (words[2 + 2 * k] as number);
  const total = offsets[itemCount] as number;
  const units = new Uint32Array(total);
  const steps = new Uint32Array(total);
  let at = 8 + itemCount * 8;
  for (let k = 0; k < itemCount; k++) {
    const from = offsets[k] as number;
    const to = offsets[k + 1] as number;
    const described = words[3 + 2 * k] as number;
    const end = at + (described & ~SPARSE);
    if (described & SPARSE) readGaps(source, at, steps, from, to);
    else readCounts(source, at, end, steps, from);
    const start = ((end + 3) & ~3) >> 2;
    readUnits(words, start, bits, units, from, to);
    at = (start + Math.ceil(((to - from) * bits) / 32)) * 4;
  }
  return { firstItem, itemCount, offsets, units, steps };
}

function readCounts(source: Uint8Array, start: number, end: number, steps: Uint32Array, from: number): void {
  let at = start;
  let i = from;
  for (let step = 0; at < end; step++) {
    let byte = source[at++] as number;
    let count = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = source[at++] as number;
      count |= (byte & 127) << shift;
    }
    for (const next = i + count; i < next; i++) steps[i] = step;
  }
}

function readGaps(source: Uint8Array, start: number, steps: Uint32Array, from: number, to: number): void {
  let at = start;
  let step = 0;
  for (let i = from; i < to; i++) {
    let byte = source[at++] as number;
    let gap = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = source[at++] as number;
      gap |= (byte & 127) << shift;
    }
    step = (step + gap) >>> 0;
    steps[i] = step;
  }
}

function readUnits(
  words: Uint32Array,
  start: number,
  bits: number,
  units: Uint32Array,
  from: number,
  to: number,
): void {
  const mask = bits === 32 ? 0xffff_ffff : (1 << bits) - 1;
  let at = start;
  let word = 0;
  let held = 0;
  for (let i = from; i < to; i++) {
    if (held >= bits) {
      units[i] = word & mask;
      word >>>= bits;
      held -= bits;
    } else {
      const next = words[at++] as number;
      units[i] = (word | (next << held)) & mask;
      const used = bits - held;
      word = used === 32 ? 0 : next >>> used;
      held = 32 - used;
    }
  }
}
