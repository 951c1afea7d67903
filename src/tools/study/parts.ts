/** Runs the parts of a study graph by graph, as long as there is time, and says what was left out. */
import { counted } from './markdown';
import { OutOfTime } from './session';

export interface PartOf {
  /** Graphs in all. */
  readonly graphs: number;
  /** Computes one graph; its time, ms. */
  readonly once: (graph: number) => Promise<number>;
}

export class Parts<Name extends string> {
  private readonly done = new Set<string>();
  /** Time of computing by part, ms. */
  readonly ms = new Map<string, number>();
  /** Parts that the time did not suffice for, and how far each came. */
  readonly leftOut = new Map<string, string>();

  constructor(
    private readonly parts: Readonly<Record<Name, PartOf>>,
    private readonly tell: (line: string) => void,
  ) {}

  /** In this order, each up to the graph given: what an earlier entry did is not done again. */
  async run(order: readonly (readonly [Name, number])[]): Promise<void> {
    for (const [name, upTo] of order) await this.part(name, Math.min(upTo, this.parts[name].graphs));
  }

  private async part(name: Name, upTo: number): Promise<void> {
    const { graphs, once } = this.parts[name];
    for (let graph = 1; graph <= upTo; graph++) {
      if (this.done.has(`${name} ${graph}`)) continue;
      this.tell(`${name}: ${graph} of ${graphs}`);
      try {
        this.ms.set(name, (this.ms.get(name) ?? 0) + (await once(graph)));
        this.done.add(`${name} ${graph}`);
        this.leftOut.delete(name);
      } catch (thrown) {
        if (!(thrown instanceof OutOfTime)) throw thrown;
        this.leftOut.set(name, `${graph - 1} of ${counted(graphs, 'graph')} done`);
        this.tell(`${name}: no time left after ${graph - 1} of ${graphs}`);
        return;
      }
    }
  }
}

/** Sets `into[name][graph]`. */
export function put<T>(into: Map<string, Map<number, T>>, name: string, graph: number, value: T): void {
  const known = into.get(name) ?? new Map<number, T>();
  known.set(graph, value);
  into.set(name, known);
}
