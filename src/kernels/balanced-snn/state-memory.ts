/**
 * The memory of a WASM kernel of this folder: a block of 32-bit fields at address 0 (layout.ts), and above it arrays whose
 * addresses stand in fields. Room is only ever added.
 */
import { ParameterError } from '../../core/errors';

const pageBytes = 65_536;
const align = (n: number): number => Math.ceil(n / 64) * 64;

type ViewOf<T> = new (buffer: ArrayBuffer, offset: number, length: number) => T;

export class StateMemory {
  /** Up to 4 GiB. */
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  private readonly addresses: Map<number, number> = new Map();
  private top: number;

  constructor(blockBytes: number) {
    this.top = align(blockBytes);
  }

  /** Reserves `bytes` at the top and points `field` at them. They are 0. */
  allocate(field: number, bytes: number): void {
    const address = this.top;
    this.top = align(address + bytes);
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(missing);
    this.addresses.set(field, address);
    this.setInt(field, address);
  }

  private grow(bytes: number): void {
    try {
      this.memory.grow(Math.ceil(bytes / pageBytes));
    } catch (cause) {
      throw new ParameterError(
        {
          code: 'memory.exhausted',
          message: `This machine gave no ${Math.ceil(bytes / 1e6)} MB of memory for the network.`,
          param: 'connectionProbability',
          cure: 'Lower connectionProbability or the number of neurons, or close other pages.',
        },
        { cause },
      );
    }
  }

  /** Points `field` at what `other` points at. */
  alias(field: number, other: number): void {
    const address = this.address(other);
    this.addresses.set(field, address);
    this.setInt(field, address);
  }

  /** The array of `field`; 0 if it has none. */
  address(field: number): number {
    return this.addresses.get(field) ?? 0;
  }

  /** The first `n` elements of the array of `field`, valid until memory grows. */
  view<T>(kind: ViewOf<T>, field: number, n: number): T {
    return new kind(this.memory.buffer, this.address(field), n);
  }

  int(field: number): number {
    return new Int32Array(this.memory.buffer, field, 1)[0] as number;
  }

  setInt(field: number, value: number): void {
    new Int32Array(this.memory.buffer, field, 1)[0] = value;
  }

  setFloat(field: number, value: number): void {
    new Float32Array(this.memory.buffer, field, 1)[0] = value;
  }

  setDouble(field: number, value: number): void {
    new Float64Array(this.memory.buffer, field, 1)[0] = value;
  }
}
