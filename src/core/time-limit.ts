/** Waits for a promise no longer than it may take. */

export class TimeLimitError extends Error {}

/** What `promise` gives, or TimeLimitError after `ms`; a result that comes after all goes to `late`, to be let go. */
export function withTimeLimit<T>(promise: Promise<T>, ms: number, late: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      reject(new TimeLimitError(`No answer within ${ms} ms.`));
    }, ms);
    promise.then(
      (value) => {
        clearTimeout(timer);
        if (over) late(value);
        else resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
