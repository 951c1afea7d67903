/** xxHash64 of a stored chunk: finds damage, guards against no one. One hasher per thread, synchronous once it is loaded. */
import { createXXHash64 } from 'hash-wasm';

export type Checksum = (bytes: Uint8Array) => string;

let loaded: Promise<Checksum> | undefined;

export function loadChecksum(): Promise<Checksum> {
  loaded ??= createXXHash64().then((hasher) => (bytes) => hasher.init().update(bytes).digest('hex'));
  return loaded;
}
