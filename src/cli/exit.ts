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

const told: Readonly<Record<string, string>> = {
  ENOENT: 'nothing of that name',
  EISDIR: 'a folder',
  EEXIST: 'a file of that name',
  ENOTDIR: 'a file where a folder is needed',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a file system that is read-only',
  ENOSPC: 'no space left',
};

/** What the file system says, in words. */
export function reasonOf(thrown: unknown): string {
  const { code = '', message } = thrown as NodeJS.ErrnoException;
  return told[code] ?? message;
}
