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
