/**
 * The one difference between a page's worker and Node: where tfjs finds its WASM binary. A bundle knows it as an asset
 * address; in Node the package reads the file beside its own source.
 */
import simdBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

/** True in Node, false in a browser's worker. */
export const inNode = typeof process === 'object' && typeof process.versions?.node === 'string';

/** Address of the SIMD binary for every flavour that tfjs might ask for, or null where its own default is right. */
export function wasmPaths(): Record<
  'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm',
  string
> | null {
  if (inNode) return null;
  return {
    'tfjs-backend-wasm.wasm': simdBinary,
    'tfjs-backend-wasm-simd.wasm': simdBinary,
    'tfjs-backend-wasm-threaded-simd.wasm': simdBinary,
  };
}
