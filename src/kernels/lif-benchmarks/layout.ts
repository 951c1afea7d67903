/**
 * Byte offsets of the fields in the state block of the benchmark kernels, shared by the kernels (AssemblyScript compiles
 * this file too) and their host. All fields are 32 bits; addresses are absolute and 16-byte aligned.
 */

// Sizes
/** Units, rounded up to a multiple of 8. */
export const paddedCount = 0;
export const excCount = 4;
/** Steps from a spike to the first update after it: tRef / dt + 1. */
export const releaseSteps = 8;

// Constants of the model, float32
export const keepMembrane = 12;
export const keepExc = 16;
export const keepInh = 20;
export const weightExc = 24;
export const weightInh = 28;
export const threshold = 32;
export const reset = 36;
/** COBA only: the inhibitory reversal potential, and what the leak adds per step. */
export const reversalInh = 40;
export const leak = 44;

/** What is smaller counts as 0 at every step that is a multiple of flushMask + 1. */
export const tiny = 96;
export const flushMask = 63;

// State arrays, float32, and the connections
export const voltage = 48;
export const exc = 52;
export const inh = 56;
export const sourceStart = 60;
export const targets = 64;

// Spike log: a ring of unit numbers (16 bits), and a ring of counts per step
export const log = 68;
export const logMask = 72;
export const stepCounts = 76;
export const stepMask = 80;

// Progress: steps done; spikes written and released so far, modulo 2^32
export const step = 84;
export const written = 88;
export const released = 92;

export const blockBytes = 128;
