/**
 * Our kernels in tfjs's memory: the address of a tensor, fresh outputs and scratch on the heap that tfjs's WASM backend
 * owns. No data is copied. Addresses survive growth of the heap; JavaScript views do not, so none are kept here.
 */
import { type BackendWasm, tf } from '../../tensor/tf';

/** What a tfjs kernel receives and returns: a tensor without its methods. */
export type TensorInfo = tf.TensorInfo;

/** The parts of tfjs's WASM module that its types leave out. */
interface WasmModule {
  readonly asm: { readonly memory?: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly tfjs: { registerTensor(id: number, size: number, address: number): void; disposeData(id: number): void };
}

/** tfjs's linear memory. Both of its binaries export it as `memory`. */
export function heapMemory(backend: BackendWasm): WebAssembly.Memory {
  const { asm } = backend.wasm as unknown as WasmModule;
  if (!(asm?.memory instanceof WebAssembly.Memory)) {
    throw new Error('This version of tfjs keeps its WASM memory elsewhere; our kernels cannot run on it.');
  }
  return asm.memory;
}

export class TensorHeap {
  private arena = 0;
  private capacity = 0;

  private readonly module: WasmModule;

  constructor(readonly backend: BackendWasm) {
    this.module = backend.wasm as unknown as WasmModule;
  }

  /** Byte address of a tensor's first element. */
  address(tensor: TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset >>> 0;
  }

  /** Address of a bias with one number per output, 0 for none. */
  biasAddress(bias: TensorInfo | null, outputs: number): number {
    if (!bias) return 0;
    const size = tf.util.sizeFromShape(bias.shape);
    if (size !== outputs) throw new Error(`A fused bias needs ${outputs} numbers, one per output, not ${size}.`);
    return this.address(bias);
  }

  /** A new tensor with undefined content. */
  output(shape: readonly number[], dtype: tf.DataType = 'float32'): TensorInfo {
    const out = this.backend.makeOutput([...shape], dtype);
    if (this.address(out) === 0 && shape.every((size) => size > 0)) throw outOfMemory();
    return out;
  }

  /**
   * Says that a tensor's content was changed in place. tfjs keeps weights packed by tensor id for some of its own
   * kernels (fully connected, depthwise convolution) and would go on using the old ones.
   */
  touched(tensor: TensorInfo): void {
    const { id } = this.backend.dataIdMap.get(tensor.dataId);
    this.module.tfjs.disposeData(id);
    this.module.tfjs.registerTensor(id, tf.util.sizeFromShape(tensor.shape), this.address(tensor));
  }

  /** A tensor of another shape on the same data, as tfjs's Reshape makes it. */
  reshaped(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
    this.backend.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
  }

  /** Writes integers at an address of scratch. */
  write(address: number, numbers: Int32Array): void {
    new Int32Array(heapMemory(this.backend).buffer, address, numbers.length).set(numbers);
  }

  /**
   * Addresses of scratch regions of the given sizes in bytes, 16-byte aligned, valid until the next call. One region
   * is kept and grown, because a kernel's appetite repeats every step.
   */
  scratch(...sizes: number[]): number[] {
    const starts: number[] = [];
    let total = 0;
    for (const size of sizes) {
      starts.push(total);
      total += (size + 15) & ~15;
    }
    if (total > this.capacity) {
      if (this.arena) this.module._free(this.arena);
      this.arena = this.module._malloc(total + 16) >>> 0;
      this.capacity = this.arena ? total : 0;
      if (!this.arena) throw outOfMemory();
    }
    const base = Math.ceil(this.arena / 16) * 16;
    return starts.map((start) => base + start);
  }
}

function outOfMemory(): Error {
  return new Error('WebAssembly memory is full (4 GB at most). Use a smaller batch or a smaller model.');
}
