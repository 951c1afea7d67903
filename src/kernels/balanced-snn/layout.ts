/**
 * Byte offsets of the fields in the kernel's state block, shared by the kernel (AssemblyScript compiles this file too)
 * and its host. All fields are 32 bits; addresses are absolute and 16-byte aligned.
 */

// Sizes
/** Units, rounded up to a multiple of 8. */
export const paddedCount = 0;
export const excCount = 4;
export const delaySteps = 8;
/** Steps from a spike to the first update after it: round(tRef / dt) + 1. */
export const releaseSteps = 12;
/** log2 of bytes per target: 1 or 2. */
export const targetShift = 16;

// Constants of the model, float32, or integers of 2^-16 mV (the decay of 2^-32) for advanceFixed
export const decay = 20;
export const weightExc = 24;
export const weightInh = 28;
export const threshold = 32;
export const reset = 36;

// Drive
/** 0: no Poisson input, and the noise lanes stand still. */
export const noisy = 40;
/** Levels compared without looking whether any is still reached, at least 2. */
export const eagerLevels = 44;
/** Bytes from one level to the next. */
export const levelStride = 48;
/** All ones, or 0 when every unit shares one row of levels. */
export const levelMask = 52;
export const levels = 56;
/** Address of the constant increments, 0 when there are none. */
export const increments = 60;

// State arrays
export const voltage = 64;
export const lane0 = 68;
export const lane1 = 72;
export const arriving = 76;
export const sourceStart = 80;
export const targets = 84;

// Spike log of the units here: a ring of unit numbers, and a ring of counts per step
export const log = 88;
export const logMask = 92;
export const stepCounts = 96;
export const stepMask = 100;

// Progress
export const step = 104;
/** Spikes written, delivered and released so far, modulo 2^32. */
export const written = 108;
export const delivered = 112;
export const released = 116;
/** Spikes the host has read so far; the kernel stops before it would overwrite an unread one. */
export const drained = 120;

/** Vector constants: loaded once, since V8 would rebuild them from immediates in every turn of a loop. */
export const scrambler = 124;
export const low16 = 128;

// Only advanceGeneral reads what follows
/** How many different delays: delaySteps, delaySteps + 1, ... */
export const delayCount = 132;
/** Starts of the parts of rows, [unit * delayCount + 1]; the rows' own starts where delays are one. */
export const segmentStart = 136;
/** Spikes delivered so far, one count for each delay. */
export const cursors = 140;
/** 0: delta synapses. */
export const exponential = 144;
/** Constants of the currents, float32. */
export const excCurrentDecay = 148;
export const excCurrentGain = 152;
export const excCurrentJump = 156;
export const inhCurrentDecay = 160;
export const inhCurrentGain = 164;
export const inhCurrentJump = 168;
export const excCurrent = 172;
export const inhCurrent = 176;
/** Units whose inputs are recorded, their number, and the float32 arrivals of a call, [step, unit, (exc, external, inh)]. */
export const recordedCount = 180;
export const recordedUnits = 184;
export const recordedInputs = 188;

// Only the weighted forms read what follows
/** Relative weights, parallel to targets. */
export const weights = 192;
/** Summed relative weights that arrive, float32, in the place of `arriving`. */
export const excArriving = 196;
export const inhArriving = 200;

/**
 * The log whose spikes are delivered, and its counts in a ring of stepMask + 1: `log` and `stepCounts` themselves, or, where
 * threads share a network, one that the host fills with the spikes of all.
 */
export const arrivalLog = 204;
export const arrivalMask = 208;
export const arrivalCounts = 212;
/** 1: the host fills it. */
export const apart = 216;
/** How many spikes ahead targets are fetched: so many that it never happens where a network fits the caches. */
export const fetchAhead = 220;
export const fetched = 224;

export const blockBytes = 256;
