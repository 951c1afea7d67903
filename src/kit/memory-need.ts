/**
 * How much memory a node will take while it computes, told before it does. A node may say so in a file of its own
 * (`memory` of its definition); of others what they read and give is counted, as far as sizes are known before a run.
 */
import type { ErrorDetails } from '../core/errors';
import { formatBytes } from '../core/units';
import type { InferredType } from './define-node';
import type { PortKind } from './port-type';

export interface MemoryNeed {
  /** Bytes that are there at once when it is most. */
  readonly bytes: number;
  /** A sentence with the parts. */
  readonly message: string;
  /** The parameter that says most about it. */
  readonly param?: string;
  readonly cure: string;
}

/** What a need depends on besides the node. */
export interface MachineSize {
  /** Threads that simulate. */
  readonly workers: number;
}

export type WiredTypes = Readonly<Record<string, readonly InferredType[]>>;

/**
 * Pure. Types of inputs and outputs as they are known before a run; null where nothing can be said. Throws what the node
 * would throw for parameters that it can never compute with.
 */
export type MemoryEstimate = (
  types: { readonly inputs: WiredTypes; readonly outputs: WiredTypes },
  params: Readonly<Record<string, unknown>>,
  machine: MachineSize,
) => MemoryNeed | null;

/** Values of these are arrays of 4 bytes a number. */
const dense: readonly PortKind[] = ['images', 'labels', 'rates', 'features'];
const single = 4;

/** 0 where a size is known only by a run, or the kind is no array. */
export function bytesOfType({ kind, axes }: InferredType): number {
  if (!dense.includes(kind) || axes.length === 0) return 0;
  return axes.reduce((product, { size }) => product * (size ?? 0), single);
}

export const bytesOfTypes = (types: WiredTypes): number =>
  Object.values(types)
    .flat()
    .reduce((sum, type) => sum + bytesOfType(type), 0);

/** Of a node that says nothing about itself. */
export const needOfValues: MemoryEstimate = ({ inputs, outputs }) => {
  const [read, given] = [bytesOfTypes(inputs), bytesOfTypes(outputs)];
  if (read + given === 0) return null;
  return {
    bytes: read + given,
    message: `This node would hold about ${formatBytes(read + given)}: ${formatBytes(read)} that it reads, ${formatBytes(given)} that it gives.`,
    cure: 'Use fewer items, or smaller ones.',
  };
};

/** Where the budget is set, for cures. */
export const raiseBudget = 'Or raise the budget for a run, in Settings or with --budget.';

/** For limits of a node's own, `own` bytes, which hold whatever the budget is: raising it helps only below them. */
export const cureWithin = (cure: string, own: number, budget: number): string =>
  budget < own ? `${cure} ${raiseBudget}` : cure;

/** Null where the need is within the budget. */
export function overBudget(need: MemoryNeed, budget: number): ErrorDetails | null {
  if (need.bytes <= budget) return null;
  return {
    code: 'memory.budget',
    message: need.message,
    ...(need.param === undefined ? {} : { param: need.param }),
    found: formatBytes(need.bytes),
    expected: `at most ${formatBytes(budget)}`,
    cure: `${need.cure} ${raiseBudget}`,
  };
}
