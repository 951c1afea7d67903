/**
 * When a membrane or a current that decays towards 0 is taken to be there. Without it a silent network falls into
 * subnormal numbers and stays: the products of a step take a processor up to 50 times as long on them. Every so many
 * steps, not in each, so that it costs an active network nothing. Far too small to matter: added to the smallest jump of
 * a membrane, it is lost to rounding. Read by the kernel (AssemblyScript compiles this file too), by its twin and by the kernel
 * for graphics processors.
 */

/** Steps from one look to the next, a power of two. */
export const settleSteps = 64;
/** mV, or mV per ms; 2^-64, which is a float32 number. */
export const settled = 5.421010862427522e-20;
