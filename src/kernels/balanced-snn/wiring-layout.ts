/** Byte offsets of the fields in the state block of the wiring kernel, as layout.ts is for the simulation. */

export const nExc = 0;
export const nInh = 4;
export const excInDegree = 8;
export const inhInDegree = 12;
/** 0: distinct sources, 1: repeats allowed, 2: bernoulli. */
export const kind = 16;
export const seed = 20;
/** The purposes of the draws (src/core/random/draws.ts). */
export const wiringPurpose = 24;
export const delayPurpose = 28;
export const delayCount = 32;
/** Places in a row are counted while this is 0, taken while it is 1. */
export const placing = 36;
/** log2 of bytes per target: 1 or 2. */
export const targetShift = 40;

/** float64: 1 / log(1 - epsilon), 0 at epsilon 1. */
export const gapScale = 48;

// Arrays
/** Stamps of the sources already drawn, for the larger population. */
export const marks = 56;
/** [unit * delayCount + 1]: counts, then the next free place of each part of a row. */
export const places = 60;
export const targets = 64;
/** Words drawn ahead: 8 of 4 counters, 8 for delays, and room for 8 more. */
export const words = 68;

// From 72 to 87 the kernel keeps how far it is in a target's draws (wiring.as.ts).

/** Relative weights, parallel to targets, and 8 drawn ahead. */
export const weights = 88;
export const weightsAhead = 92;
/** 1: weights differ. */
export const weighted = 96;
export const weightPurpose = 100;
/** float64: standard deviation of the logarithm of a relative weight. */
export const logSd = 104;

export const blockBytes = 128;
