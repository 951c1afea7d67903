/** Types of the functions in layers.as.ts. Addresses are bytes on tfjs's heap; sizes count elements unless they say bytes. */
import type { Numbers } from '../heap/numbers';

export interface LayerExports {
  /** a (or 0), x, rows, n, out */
  columnSum(...args: Numbers<5>): void;
  /** from, fromStep, to, toStep, bytes, rows; steps in bytes */
  copyRows(...args: Numbers<6>): void;
  /** x, dy, dx, batch, h, w, c, oh, ow, fh, fw, sy, sx, top, left */
  maxPoolGradient(...args: Numbers<15>): void;
  /** x, rows, w, c, fy, fx, out */
  upSample(...args: Numbers<7>): void;
  /** dy, rows, w, c, fy, fx, dx */
  upSampleGradient(...args: Numbers<7>): void;
  /** x, batch, h, w, c, down, across, oh, ow, out */
  gatherPixels(...args: Numbers<10>): void;
  /** dy, batch, h, w, c, down, across, oh, ow, dx */
  scatterPixels(...args: Numbers<10>): void;
  /** x, ids, rows, inner, segments, out */
  segmentSum(...args: Numbers<6>): void;
}
