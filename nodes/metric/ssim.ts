/**
 * Structural similarity of two images, mean over all windows that lie fully inside.
 *
 *   SSIM = (2 mx my + C1)(2 sxy + C2) / ((mx^2 + my^2 + C1)(sx^2 + sy^2 + C2)),  C1 = (0.01 L)^2, C2 = (0.03 L)^2, L = 1
 *
 * `gaussian`: 11 x 11 window, sigma 1.5, weights that sum to 1, population variance [Wang, Bovik, Sheikh, Simoncelli
 * 2004, IEEE Trans Image Process 13:600-612]. `uniform`: 7 x 7 equal weights and sample covariance, N / (N - 1), the
 * default of scikit-image. Both windows are separable, so sums run over rows, then columns.
 */

import { exactExp, exactLog } from '../../src/core/random/elementary';

export type SsimWindow = 'gaussian' | 'uniform';

export const windowSize: Readonly<Record<SsimWindow, number>> = { gaussian: 11, uniform: 7 };

const sigma = 1.5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

function weightsOf(window: SsimWindow): Float64Array {
  const size = windowSize[window];
  const centre = (size - 1) / 2;
  const raw = Float64Array.from({ length: size }, (_, i) =>
    window === 'gaussian' ? exactExp(-((i - centre) ** 2) / (2 * sigma ** 2)) : 1,
  );
  const sum = raw.reduce((all, weight) => all + weight, 0);
  return raw.map((weight) => weight / sum);
}

/** Compares images of one size; its work space is reused from call to call. */
export interface SsimComparer {
  /** SSIM of the images that begin at `atX` in `x` and `atY` in `y`, mean over channels. */
  compare(x: ArrayLike<number>, atX: number, y: ArrayLike<number>, atY: number): number;
}

/** `height` and `width` are at least the window's size; channels come last. */
export function createSsim(window: SsimWindow, height: number, width: number, channels: number): SsimComparer {
  const size = windowSize[window];
  if (height < size || width < size)
    throw new RangeError(`A ${height} x ${width} image holds no ${size} x ${size} window.`);
  const weights = weightsOf(window);
  const correction = window === 'uniform' ? size ** 2 / (size ** 2 - 1) : 1;
  const outWidth = width - size + 1;
  const outHeight = height - size + 1;
  const plane = height * outWidth;
  /** Weighted row sums of x, y, x^2, y^2 and xy. */
  const rows = Array.from({ length: 5 }, () => new Float64Array(plane)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [rowX, rowY, rowXX, rowYY, rowXY] = rows;

  const sumRows = (x: ArrayLike<number>, atX: number, y: ArrayLike<number>, atY: number): void => {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < outWidth; j++) {
        let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
        const from = (i * width + j) * channels;
        for (let k = 0; k < size; k++) {
          const weight = weights[k] as number;
          const a = x[atX + from + k * channels] as number;
          const b = y[atY + from + k * channels] as number;
          sx += weight * a;
          sy += weight * b;
          sxx += weight * a * a;
          syy += weight * b * b;
          sxy += weight * a * b;
        }
        const to = i * outWidth + j;
        rowX[to] = sx;
        rowY[to] = sy;
        rowXX[to] = sxx;
        rowYY[to] = syy;
        rowXY[to] = sxy;
      }
    }
  };

  const meanOverWindows = (): number => {
    let total = 0;
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        let [mx, my, mxx, myy, mxy] = [0, 0, 0, 0, 0];
        for (let k = 0; k < size; k++) {
          const weight = weights[k] as number;
          const from = (i + k) * outWidth + j;
          mx += weight * (rowX[from] as number);
          my += weight * (rowY[from] as number);
          mxx += weight * (rowXX[from] as number);
          myy += weight * (rowYY[from] as number);
          mxy += weight * (rowXY[from] as number);
        }
        const varianceX = correction * (mxx - mx * mx);
        const varianceY = correction * (myy - my * my);
        const covariance = correction * (mxy - mx * my);
        total +=
          ((2 * mx * my + c1) * (2 * covariance + c2)) / ((mx * mx + my * my + c1) * (varianceX + varianceY + c2));
      }
    }
    return total / (outHeight * outWidth);
  };

  return {
    compare(x, atX, y, atY) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        sumRows(x, atX + channel, y, atY + channel);
        sum += meanOverWindows();
      }
      return sum / channels;
    },
  };
}

/** Mean squared difference of `length` values. */
export function meanSquaredError(
  x: ArrayLike<number>,
  atX: number,
  y: ArrayLike<number>,
  atY: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = (x[atX + i] as number) - (y[atY + i] as number);
    sum += difference * difference;
  }
  return sum / length;
}

/** 10 log10(L^2 / MSE) in dB with L = 1; infinite for equal images. */
export const peakSignalToNoise = (mse: number): number => (mse === 0 ? Infinity : (-10 * exactLog(mse)) / Math.LN10);
