/**
 * The live example in a node's help, as plain data: a pipeline of a few nodes, what of it is shown, and what may be changed.
 * Small on purpose: drawn images, small networks, few epochs, so that it is there within seconds.
 */
import type { JsonObject } from '../core/canonical-json';

export interface ExampleNode {
  readonly id: string;
  readonly type: string;
  readonly params?: JsonObject;
  readonly label?: string;
}

export interface ExampleControl {
  /** Whose parameter: the node itself, unless that has none that would show anything. */
  readonly node?: string;
  readonly param: string;
  /** A narrower range than the parameter's own, so that the example stays small. */
  readonly range?: readonly [min: number, max: number];
}

export interface NodeExample {
  /** What to look for, one sentence. */
  readonly see: string;
  /** Id of the node that this is an example of. */
  readonly node: string;
  readonly nodes: readonly ExampleNode[];
  /** "from.port > to.port"; wires into one variadic input in their order. */
  readonly wires: readonly string[];
  /** Outputs that are shown, "node.port", most telling first. */
  readonly shown: readonly string[];
  readonly controls: readonly ExampleControl[];
}

/** Where no small example can be made. */
export interface NoExample {
  /** Why, and what to do instead: one or two sentences for people. */
  readonly none: string;
}

export type NodeExamples = Readonly<Record<string, NodeExample | NoExample>>;
