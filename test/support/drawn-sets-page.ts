/** The drawn data sets and a hash over them, for a page to run: the browser's bits must be Node's. */
import { openDrawnSet } from '../../src/data/procedural/drawn-set';
import { drawnDigits } from '../../src/data/procedural/glyphs';
import { colouredShapes } from '../../src/data/procedural/shapes';

/** SHA-256 of the first 20 training images of each set at seed 1. */
export async function drawnSetHashes(): Promise<string[]> {
  const hashes: string[] = [];
  for (const set of [drawnDigits, colouredShapes]) {
    const positions = Array.from({ length: 20 }, (_, i) => i);
    const out = new Float32Array(20 * set.shape[0] * set.shape[1] * set.shape[2]);
    await openDrawnSet(set, 1).images('train', positions, { out, at: 0, grey: false });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', out));
    hashes.push([...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return hashes;
}
