/** Content hashing, BLAKE3 by hash-wasm: 128 bits for keys of results, 256 bits for stored blobs and imported files. */
import { blake3, createBLAKE3, type IHasher } from 'hash-wasm';
import { canonicalJson } from './canonical-json';

/** 32 hexadecimal digits over the canonical JSON of `value`. */
export const hashValue = (value: unknown): Promise<string> => blake3(canonicalJson(value), 128);

/** 64 hexadecimal digits over raw bytes. */
export const hashBytes = (bytes: Uint8Array): Promise<string> => blake3(bytes, 256);

/** A hasher that can be fed in pieces; 256 bits. */
export const createHasher = (): Promise<IHasher> => createBLAKE3(256);
