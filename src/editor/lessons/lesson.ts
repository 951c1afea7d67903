/**
 * A lesson: a small pipeline to start from and steps, each with a check of what the learner has built and run. Checks are
 * pure: they read the document, the states of the nodes and the tables of finished ones, and nothing else.
 */
import type { PipelineDocument } from '../../document/schema';
import type { TableRow } from '../../kit/values';
import type { NodeStatus } from '../node-status';

/** What a check may look at. */
export interface Facts {
  readonly document: PipelineDocument;
  readonly statuses: Readonly<Record<string, Pick<NodeStatus, 'state'>>>;
  /** Rows of the tables that are up to date, by "node.port". */
  readonly tables: Readonly<Record<string, readonly TableRow[]>>;
  /** The last run that ended; null before the first. `executed`: nodes that were computed, not taken from the store. */
  readonly lastRun: { readonly outcome: string; readonly executed: readonly string[] } | null;
  /** What the compare panel shows, by node; empty while it is closed. */
  readonly compared: readonly string[];
  /** Numbers that earlier steps have kept. */
  readonly kept: Readonly<Record<string, number>>;
}

/** What "Do it for me" does; the page knows how. */
export type Help =
  | { readonly does: 'run' }
  | { readonly does: 'set'; readonly node: string; readonly param: string; readonly value: number | string }
  /** Copies what follows from a node, as its menu does. */
  | { readonly does: 'branch'; readonly node: string; readonly param: string; readonly value: number }
  /** Adds nodes and wires. */
  | { readonly does: 'add'; readonly part: Pick<PipelineDocument, 'nodes' | 'wires'>; readonly below: string }
  | { readonly does: 'compare'; readonly type: string }
  /** Puts a small picture of our own drawing into an image source. */
  | { readonly does: 'sample-image'; readonly node: string };

export interface Step {
  readonly title: string;
  /** Paragraphs, in plain words. */
  readonly text: readonly string[];
  readonly hint: string;
  /** True: done. A sentence: what is still missing, as far as that can be told. */
  readonly check: (facts: Facts) => true | string;
  readonly help: Help;
  /** Numbers for later steps, taken when the step is done. */
  readonly keep?: (facts: Facts) => Readonly<Record<string, number>>;
}

export interface Lesson {
  /** Permanent: addresses ("#lesson=first-run") and progress hold it. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** About how long, in minutes. */
  readonly minutes: number;
  readonly start: PipelineDocument;
  readonly steps: readonly Step[];
}
