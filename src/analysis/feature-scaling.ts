/** Features of chosen items brought to mean 0 and standard deviation 1 of the training items alone. */

/** Row major, one row per item. */
export interface FeatureMatrix {
  readonly data: ArrayLike<number>;
  readonly width: number;
}

export interface Scaling {
  readonly mean: Float64Array;
  /** 1 / standard deviation; 0 for a feature that does not vary, which leaves it out. */
  readonly inverse: Float64Array;
}

export function fitScaling({ data, width }: FeatureMatrix, positions: ArrayLike<number>): Scaling {
  const n = positions.length;
  const [mean, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let k = 0; k < n; k++) {
    const at = (positions[k] as number) * width;
    for (let j = 0; j < width; j++) mean[j] = (mean[j] as number) + (data[at + j] as number) / n;
  }
  for (let k = 0; k < n; k++) {
    const at = (positions[k] as number) * width;
    for (let j = 0; j < width; j++) {
      squares[j] = (squares[j] as number) + ((data[at + j] as number) - (mean[j] as number)) ** 2;
    }
  }
  // Rounding leaves a constant feature with a spread of about 1e-16 of its size.
  const inverse = squares.map((sum, j) => {
    const sd = Math.sqrt(sum / n);
    return sd > 1e-10 * Math.abs(mean[j] as number) ? 1 / sd : 0;
  });
  return { mean, inverse };
}

export function scaleRows(
  { data, width }: FeatureMatrix,
  positions: ArrayLike<number>,
  { mean, inverse }: Scaling,
): Float64Array {
  const out = new Float64Array(positions.length * width);
  for (let k = 0; k < positions.length; k++) {
    const at = (positions[k] as number) * width;
    for (let j = 0; j < width; j++) {
      out[k * width + j] = ((data[at + j] as number) - (mean[j] as number)) * (inverse[j] as number);
    }
  }
  return out;
}
