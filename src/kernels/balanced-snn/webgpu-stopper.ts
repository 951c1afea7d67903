/** How a GPU run ends early: the signal fired, or the device was lost. */
import { ParameterError, RunCancelled, ShapeMismatchError } from '../../core/errors';

export interface Stopper {
  /** Rejects with RunCancelled when the signal fires. */
  readonly promise: Promise<never>;
  /** Throws RunCancelled if it has. */
  check(): void;
  release(): void;
}

export function stopper(signal: AbortSignal | undefined): Stopper {
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(new RunCancelled());
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort);
  });
  promise.catch(() => {}); // Nobody may be waiting when it fires.
  return {
    promise,
    check: () => {
      if (signal?.aborted) throw new RunCancelled();
    },
    release: () => signal?.removeEventListener('abort', onAbort),
  };
}

/** Calls on a lost device fail in ways of their own, sometimes before the loss is announced. */
export async function explained(error: unknown, lost: Promise<never>): Promise<unknown> {
  if (error instanceof RunCancelled || error instanceof ParameterError || error instanceof ShapeMismatchError)
    return error;
  const soon = new Promise<null>((resolve) => setTimeout(() => resolve(null), 50));
  return Promise.race([lost, soon]).then(
    () => error,
    (loss: unknown) => loss,
  );
}
