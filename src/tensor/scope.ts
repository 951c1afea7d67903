/**
 * Ends what a computation leaves behind, also when it awaits: tf.tidy for async functions.
 *
 * tfjs keeps one stack of scopes for the whole thread, and a scope stays open across awaits. So at most one tensor
 * computation may be in flight per worker; this is the scheduler's rule (its tensor lane), and a breach is an error here
 * rather than tensors freed under somebody's feet. Scopes may nest.
 */
import { tf } from './tf';

/** Open scopes of this thread, innermost last. */
const open: symbol[] = [];

/**
 * Runs `compute` in a scope and frees every tensor made in it, except variables, tensors passed to tf.keep and those in
 * the result (a tensor, or arrays and records of tensors). Frees them all if it throws.
 */
export async function withScope<T extends tf.TensorContainer>(compute: () => Promise<T>): Promise<T> {
  const scope = Symbol('scope');
  open.push(scope);
  tf.engine().startScope();
  try {
    const result = await compute();
    close(scope, result);
    return result;
  } catch (error) {
    if (open.includes(scope)) close(scope);
    throw error;
  }
}

function close(scope: symbol, result?: tf.TensorContainer): void {
  const innermost = open.at(-1) === scope;
  open.splice(open.indexOf(scope), 1);
  tf.engine().endScope(result);
  if (!innermost) throw new Error('Two tensor computations overlapped in one worker; only one may be in flight.');
}
