/**
 * Every class that is thrown when work cannot go on. Each names the place, what was found, what was expected and the
 * cure when it is known. Between threads a failure travels as plain data (`toFailure`), since an Error crossing a
 * worker boundary keeps only its message. Expected answers ("may I connect?") are values: see validity.ts.
 */

export interface ErrorDetails {
  /** Stable identifier, for tests and scripts. */
  readonly code: string;
  /** One sentence for a person. */
  readonly message: string;
  readonly node?: string;
  readonly port?: string;
  readonly param?: string;
  /** Place in a file: "nodes[3].params.g" or a path. */
  readonly path?: string;
  readonly found?: string;
  readonly expected?: string;
  readonly cure?: string;
}

/** Plain form of an error: what crosses threads, is stored in a run record and printed with --json. */
export interface Failure extends ErrorDetails {
  readonly kind: FailureKind;
}

export class SpikeloomError extends Error {
  readonly details: ErrorDetails;
  constructor(details: ErrorDetails, options?: { cause?: unknown }) {
    super(details.message, options);
    this.name = new.target.name;
    this.details = details;
  }
}

/** A pipeline file that cannot be read. */
export class DocumentError extends SpikeloomError {}
/** A file of another schema version that cannot be brought to this one. */
export class MigrationError extends SpikeloomError {}
/** A parameter that is missing, of the wrong type or out of range. */
export class ParameterError extends SpikeloomError {}
/** Two values that disagree in unit or time step. */
export class UnitMismatchError extends SpikeloomError {}
/** A value whose shape does not fit. */
export class ShapeMismatchError extends SpikeloomError {}
/** Anything that goes wrong inside a node's compute function. */
export class NodeComputeError extends SpikeloomError {}
/** A file or data set that is missing, cut short or no such file. */
export class DataError extends SpikeloomError {}
/** A WGSL or WASM kernel that does not compile. */
export class KernelCompileError extends SpikeloomError {}
/** A forced backend that this machine does not have. */
export class BackendUnavailableError extends SpikeloomError {}
/** The artifact store or the library cannot do what was asked. Runs go on without the store. */
export class CacheError extends SpikeloomError {}
/** Thrown inside compute when the run was cancelled; never shown as a failure. */
export class RunCancelled extends SpikeloomError {
  constructor() {
    super({ code: 'run.cancelled', message: 'The run was cancelled.' });
  }
}

export type FailureKind =
  | 'document'
  | 'migration'
  | 'parameter'
  | 'unit-mismatch'
  | 'shape-mismatch'
  | 'compute'
  | 'data'
  | 'kernel'
  | 'backend'
  | 'cache'
  | 'cancelled'
  | 'internal';

const kinds: readonly [new (details: never) => SpikeloomError, FailureKind][] = [
  [DocumentError, 'document'],
  [MigrationError, 'migration'],
  [ParameterError, 'parameter'],
  [UnitMismatchError, 'unit-mismatch'],
  [ShapeMismatchError, 'shape-mismatch'],
  [NodeComputeError, 'compute'],
  [DataError, 'data'],
  [KernelCompileError, 'kernel'],
  [BackendUnavailableError, 'backend'],
  [CacheError, 'cache'],
  [RunCancelled, 'cancelled'],
];

/** The plain form of any thrown value; `place` adds what the thrower could not know. */
export function toFailure(thrown: unknown, place: Partial<ErrorDetails> = {}): Failure {
  if (thrown instanceof SpikeloomError) {
    const kind = kinds.find(([type]) => thrown instanceof type)?.[1] ?? 'internal';
    return { ...place, ...thrown.details, kind };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'internal',
    cure: 'This is a defect in Spikeloom. Please report it with the pipeline file.',
    ...place,
    message: message || 'Something failed without a message.',
    kind: 'internal',
  };
}

export const isCancelled = (thrown: unknown): boolean => thrown instanceof RunCancelled;

/** One line: where, what, found, expected, cure. */
export function describeFailure(failure: ErrorDetails): string {
  const place = [
    failure.node && `node "${failure.node}"`,
    failure.port && `port "${failure.port}"`,
    failure.param && `parameter "${failure.param}"`,
    failure.path && `at ${failure.path}`,
  ].filter(Boolean);
  const parts = [place.length > 0 ? `${place.join(', ')}: ${failure.message}` : failure.message];
  if (failure.found !== undefined) parts.push(`Found ${failure.found}.`);
  if (failure.expected !== undefined) parts.push(`Expected ${failure.expected}.`);
  if (failure.cure) parts.push(failure.cure);
  return parts.join(' ');
}
