/**
 * Starts an embedded WASM kernel on a given memory. One loader for the page, its workers, the pool and Node: the bytes
 * are base64 text inside the bundle, so there is no address to fetch and no content policy to relax.
 */

const modules = new Map<string, Promise<WebAssembly.Module>>();

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The least module that holds a vector: () -> v128, splat of 0. */
const vectorModule = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  [0x03, 0x02, 0x01, 0x00],
  [0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b],
].flat();

/** Whether WebAssembly and its 128-bit vectors, which every kernel uses, are there. */
export const hasWasmVectors = (): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(Uint8Array.from(vectorModule));

/** Compiles `base64` once per thread and instantiates it on `memory`; `E` names the exported functions. */
export async function loadKernel<E>(base64: string, memory: WebAssembly.Memory): Promise<E> {
  let compiled = modules.get(base64);
  if (!compiled) {
    compiled = WebAssembly.compile(decode(base64));
    modules.set(base64, compiled);
  }
  const instance = await WebAssembly.instantiate(await compiled, {
    env: {
      memory,
      abort: () => {
        throw new Error('A WASM kernel aborted.');
      },
    },
  });
  return instance.exports as E;
}
