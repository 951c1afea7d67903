/**
 * Where each neuron looks. Excitatory and inhibitory neurons lie on a lattice each, both spread evenly over the image;
 * a neuron's external drive follows the pixel nearest to its lattice point.
 *
 * A population of n = s^2 neurons fills an s x s lattice, in reading order. Any other n gets round(sqrt n) rows of
 * floor(n / rows) or one more neurons, each row spread over the full width, so no part of the image is left out.
 */

interface Position {
  /** Fractions of the image's width and height, 0..1. */
  readonly x: number;
  readonly y: number;
}

/** Lattice positions of a population of `n`, in unit order. */
export function latticePositions(n: number): Position[] {
  const rows = Math.max(1, Math.round(Math.sqrt(n)));
  const positions: Position[] = [];
  for (let row = 0; row < rows; row++) {
    const columns = Math.floor(((row + 1) * n) / rows) - Math.floor((row * n) / rows);
    for (let column = 0; column < columns; column++) {
      positions.push({ x: (column + 0.5) / columns, y: (row + 0.5) / rows });
    }
  }
  return positions;
}

/** Positions of all units: the excitatory lattice, then the inhibitory one. */
function unitPositions(nExc: number, nInh: number): Position[] {
  return [...(nExc > 0 ? latticePositions(nExc) : []), ...(nInh > 0 ? latticePositions(nInh) : [])];
}

/** Index (row * width + column) of the pixel each unit looks at, [unit]. */
export function pixelOfUnit(nExc: number, nInh: number, height: number, width: number): Uint32Array<ArrayBuffer> {
  // Pixel (r, c) covers r..r+1, so the nearest centre to a point is the pixel that holds it.
  return Uint32Array.from(
    unitPositions(nExc, nInh),
    ({ x, y }) => Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width)),
  );
}

/** eta of each unit for one channel of an image: etaBase + etaGain * pixel, [unit]. */
export function etaOfImage(
  pixels: Float32Array,
  looksAt: Uint32Array,
  etaBase: number,
  etaGain: number,
  channel = 0,
  channels = 1,
): Float32Array<ArrayBuffer> {
  const eta = new Float32Array(looksAt.length);
  for (let unit = 0; unit < eta.length; unit++) {
    eta[unit] = etaBase + etaGain * (pixels[(looksAt[unit] as number) * channels + channel] as number);
  }
  return eta;
}
