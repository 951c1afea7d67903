import type { Plugin } from 'vite';

/** Prepares a data set; rejects with words for people. */
export type Prepare = (name: string, log: (line: string) => void, signal: AbortSignal) => Promise<unknown>;

/** GET /datasets and POST /datasets/NAME on vite's servers; by default `prepare` runs the script of `npm run datasets`. */
export function datasetsPlugin(prepare?: Prepare): Plugin;
