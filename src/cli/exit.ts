/** How the command ends: 0 done, 1 a node failed, 2 a bad file, flag or parameter, 130 cancelled. */
import { describeFailure, type ErrorDetails, SpikeloomError } from '../core/errors';

export const EXIT = { done: 0, failed: 1, invalid: 2, cancelled: 130 } as const;

/** A mistake in what the user gave: told in words, without a stack trace, and nothing is run. */
export class UsageError extends SpikeloomError {
  readonly all: readonly ErrorDetails[];
  constructor(problems: readonly [ErrorDetails, ...ErrorDetails[]]) {
    super(problems[0]);
    this.all = problems;
  }
  lines(): string[] {
    return this.all.map(describeFailure);
  }
}

export const usage = (details: ErrorDetails): UsageError => new UsageError([details]);
