/**
 * Work for a pool of plain threads (Web Workers in the page, worker threads in Node, inline where there are none).
 * Pool threads hold no tensor library: simulations run there, many images at a time.
 */

/** A kind of work. `setup` runs once per thread with data that all items share (wiring, constants). */
export interface PoolTask<Shared, Item, Result, Part = unknown> {
  setup(shared: Shared): Promise<PoolRunner<Item, Result, Part>>;
}
/** Shows what there is of a running item; `transfer` may be moved. The task sees to it that this is seldom and small. */
export type ReportPartial<Part> = (partial: Part, transfer?: ArrayBuffer[]) => void;
export interface PoolRunner<Item, Result, Part = unknown> {
  /** Looks at `shouldStop` at least every 50 ms of work and returns early (any value) once it is true. */
  run(item: Item, shouldStop: () => boolean, report?: ReportPartial<Part>): Promise<Result>;
  /** Buffers of a result that may be moved instead of copied. */
  transfer?(result: Result): ArrayBuffer[];
}

export interface MapOptions<Result, Part = unknown> {
  readonly signal: AbortSignal;
  /** Called in the order in which items finish. */
  readonly onResult: (index: number, result: Result) => void | Promise<void>;
  /** Called while an item runs, never after its result. Results must not depend on it: when it comes is up to the clock. */
  readonly onPartial?: (index: number, partial: Part) => void;
  /** Items that wait for each other: each has a thread of its own, all at once. At most as many as the pool's `together`. */
  readonly together?: boolean;
}

/** Tasks by permanent name: the thread looks the name up in its own registry. */
export interface TaskPool {
  readonly size: number;
  /**
   * Threads that may work on one thing and wait for each other in shared memory: as many as cores, since whoever hands out
   * work does nothing meanwhile. Absent: none can.
   */
  readonly together?: number;
  /** Resolves when every item is done; rejects with RunCancelled soon after the signal fires. */
  map<Shared, Item, Result, Part = unknown>(
    task: string,
    shared: Shared,
    items: readonly Item[],
    options: MapOptions<Result, Part>,
  ): Promise<void>;
}
