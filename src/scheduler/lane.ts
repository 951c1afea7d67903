/**
 * One node computes at a time: the tensor library's backend and scopes are global to the worker, and on two cores a
 * second node would only slow the first. Waiting nodes go in order of arrival.
 */
export class Lane {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.tail.then(work);
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}
