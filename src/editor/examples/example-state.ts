/** Where the example of one node type stands. Kept by type, so that coming back to a help shows what was there. */
import type { Failure } from '../../core/errors';
import type { ContentKey } from '../../core/ids';
import type { RunEvent } from '../../scheduler/protocol';
import type { ExampleValues } from './example-document';

export interface ExampleProgress {
  /** Id of the node that is at work. */
  readonly node: string;
  /** 0..1; null until it can be told. */
  readonly share: number | null;
}

export type ExamplePhase =
  /** Not run with these values, or stopped by hand. */
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly progress: ExampleProgress | null }
  /** executed: nodes that were computed; 0 when everything was stored. */
  | { readonly is: 'done'; readonly ms: number; readonly executed: number }
  | { readonly is: 'failed'; readonly failure: Failure }
  /** A run of the person's own pipeline took its place. */
  | { readonly is: 'gave-way' };

export interface ExampleState {
  readonly values: ExampleValues;
  readonly phase: ExamplePhase;
  /** Results by node of the last run that was done; of earlier values unless the phase is `done`. */
  readonly keys: Readonly<Record<string, ContentKey>>;
}

export const untouched: ExampleState = { values: {}, phase: { is: 'idle' }, keys: {} };

/** What one run of an example has told so far. */
export interface ExampleTrace {
  readonly keys: Readonly<Record<string, ContentKey>>;
  readonly executed: number;
  readonly progress: ExampleProgress | null;
  readonly failure: Failure | null;
  readonly ms: number;
}

export const emptyTrace: ExampleTrace = { keys: {}, executed: 0, progress: null, failure: null, ms: 0 };

/** The first failure counts: what follows from it says less. */
export function traceEvent(trace: ExampleTrace, event: RunEvent): ExampleTrace {
  switch (event.type) {
    case 'started':
      return { ...trace, progress: { node: event.node, share: null } };
    case 'progress':
      return { ...trace, progress: { node: event.node, share: event.total > 0 ? event.done / event.total : null } };
    case 'finished':
      return {
        ...trace,
        keys: { ...trace.keys, [event.node]: event.key },
        executed: trace.executed + (event.state === 'executed' ? 1 : 0),
      };
    case 'failed':
      return { ...trace, failure: trace.failure ?? { ...event.failure, node: event.node } };
    case 'notice':
      // Of the run as a whole: why it could not begin. Counts only where the run has failed.
      return event.node === null && !trace.failure ? { ...trace, failure: notRun(event.message) } : trace;
    case 'ended':
      return { ...trace, ms: event.ms };
    default:
      return trace;
  }
}

const notRun = (message: string): Failure => ({
  kind: 'internal',
  code: 'example.not-run',
  message,
  cure: 'Try again.',
});
