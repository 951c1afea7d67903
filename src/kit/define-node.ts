/**
 * How a node is declared: ports, parameters, type inference and help as plain data and pure functions, with the compute
 * function in a file of its own that is loaded only where it runs. The page never loads tensor code this way.
 */
import type { Refusal } from '../core/validity';
import type { BlockSpec, ItemShape } from './blocks';
import type { ComputeContext } from './context';
import type { MemoryEstimate } from './memory-need';
import type { ParamShape, ParamValues } from './params';
import type { PortKind, PortType } from './port-type';
import type { PortValue, ValueOf } from './values';

export interface InputSpec<K extends PortKind = PortKind, O extends boolean = boolean> {
  readonly kinds: readonly K[];
  readonly label: string;
  readonly help: string;
  readonly optional: O;
  /** Takes any number of wires, in their `order`; the node sees a list. */
  readonly variadic?: boolean;
}
export interface OutputSpec<K extends PortKind = PortKind> {
  readonly kind: K;
  readonly label: string;
  readonly help: string;
}

/** A required input that takes one wire of one of `kinds`. */
export const input = <K extends PortKind>(
  kinds: K | readonly K[],
  label: string,
  help: string,
): InputSpec<K, false> => ({
  kinds: typeof kinds === 'string' ? [kinds] : kinds,
  label,
  help,
  optional: false,
});
export const optionalInput = <K extends PortKind>(
  kinds: K | readonly K[],
  label: string,
  help: string,
): InputSpec<K, true> => ({
  ...input(kinds, label, help),
  optional: true,
});
/** An input that takes any number of wires: types and values arrive as a list in wire order, empty without a wire. */
export const variadicInput = <K extends PortKind>(
  kinds: K | readonly K[],
  label: string,
  help: string,
): VariadicInput<K> => ({
  ...input(kinds, label, help),
  optional: true,
  variadic: true,
});
export interface VariadicInput<K extends PortKind = PortKind> extends InputSpec<K, true> {
  readonly variadic: true;
}
export const output = <K extends PortKind>(kind: K, label: string, help: string): OutputSpec<K> => ({
  kind,
  label,
  help,
});

export type Inputs = Readonly<Record<string, InputSpec>>;
export type Outputs = Readonly<Record<string, OutputSpec>>;

export type InputValues<I extends Inputs> = {
  [P in keyof I]: I[P] extends VariadicInput<infer K>
    ? readonly ValueOf<K>[]
    : I[P] extends InputSpec<infer K, infer O>
      ? O extends true
        ? ValueOf<K> | undefined
        : ValueOf<K>
      : never;
};
export type OutputValues<O extends Outputs> = { [P in keyof O]: O[P] extends OutputSpec<infer K> ? ValueOf<K> : never };
/** Types of wired inputs; a missing wire is undefined. A `model` type may carry its chain. */
export type InputTypes<I extends Inputs> = {
  [P in keyof I]: I[P] extends VariadicInput ? readonly InferredType[] : InferredType | undefined;
};

/** A port type, plus the block chain for models, so that shapes and parameter counts resolve before a run. */
export interface InferredType extends PortType {
  readonly blocks?: readonly BlockSpec[];
  /** For a trained model: shapes of one input and one target item, as far as they are known before the run. */
  readonly trained?: { readonly input: ItemShape | null; readonly target: ItemShape | null };
  /** For labels: how many classes there are, where that is known before the run. */
  readonly classes?: number;
}

/** Output types, or why the inputs and parameters do not fit together (naming the port or parameter). */
export type Inference<O extends Outputs> =
  | {
      readonly ok: true;
      readonly outputs: { readonly [P in keyof O]: InferredType };
      readonly remarks?: readonly string[];
    }
  | (Refusal & { readonly port?: string; readonly param?: string });

/**
 * Which numeric mode enters the key. exact: the same bits everywhere. simulation: our kernels. tensor: the tensor
 * backend and its versions.
 */
export type Numerics = 'exact' | 'simulation' | 'tensor';

export interface NodeDocs {
  /** One sentence: what it does. */
  readonly summary: string;
  /** Markdown-free paragraphs. */
  readonly description: readonly string[];
  /** TeX, one line each. */
  readonly equations?: readonly string[];
  /** Paper, equation or section. */
  readonly references: readonly string[];
  readonly keywords?: readonly string[];
}

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A quantity that follows from the parameters: shown to people, in no key and in no result. */
export interface DerivedFact {
  readonly label: string;
  readonly value: number;
  /** '1' for a number without one. */
  readonly unit: string;
  readonly help: string;
}

export interface NodeDefinition<
  I extends Inputs = Inputs,
  O extends Outputs = Outputs,
  P extends ParamShape = ParamShape,
> {
  /** Permanent: saved files hold it. */
  readonly type: string;
  /** Goes up when an answer would change; stored results of older versions then miss by themselves. */
  readonly version: number;
  readonly title: string;
  readonly inputs: I;
  readonly outputs: O;
  readonly params: P;
  readonly docs: NodeDocs;
  readonly presets?: readonly Preset[];
  /** The output that a card shows first; without one, that of the most telling kind. */
  readonly shownFirst?: string;
  /**
   * What a bypassed node hands on: the input, by name, that each output takes its value from. An output that is not named
   * gives nothing. Without it the node cannot be bypassed.
   */
  readonly bypass?: { readonly [P in keyof O]?: keyof I & string };
  readonly numerics: Numerics;
  /** Text shown on the collapsed node: "g = 5, 1,280 neurons". Without outputs while these cannot be inferred. */
  readonly keyInfo?: (params: ParamValues<P>, outputs: Readonly<Record<string, InferredType>>) => string;
  /** Shown read-only below the parameters. Called with checked parameters alone. */
  readonly derived?: (params: ParamValues<P>) => readonly DerivedFact[];
  readonly infer: (inputs: InputTypes<I>, params: ParamValues<P>) => Inference<O>;
  /** Memory that it takes while it computes, loaded where runs are planned. Without it, what it reads and gives. */
  readonly memory?: () => Promise<{ readonly default: MemoryEstimate }>;
  /** Parameters of an older version, brought to this one; by version, oldest first. */
  readonly migrations?: Readonly<Record<number, (params: Record<string, unknown>) => Record<string, unknown>>>;
  /**
   * `() => import('./name.compute')`; the module's default export is a `ComputeOf<typeof definition>`. Typed `unknown`
   * here because the compute file takes its types from this definition: naming them back would be a circle.
   */
  readonly compute: () => Promise<unknown>;
}

/** Pure: inputs untouched, all randomness from seeds in the parameters, same arguments same answer. */
export type ComputeFunction<I extends Inputs, O extends Outputs, P extends ParamShape> = (
  inputs: InputValues<I>,
  params: ParamValues<P>,
  context: ComputeContext,
) => Promise<OutputValues<O>>;

/** For a compute file: `const compute: ComputeOf<typeof definition> = async (inputs, params, context) => ...`. */
export type ComputeOf<D> = D extends NodeDefinition<infer I, infer O, infer P> ? ComputeFunction<I, O, P> : never;

/** A definition whose ports and parameters are known only by name: what the catalogue, graph and scheduler handle. */
export interface AnyNode extends Omit<NodeDefinition, 'infer' | 'keyInfo' | 'derived' | 'bypass'> {
  readonly bypass?: Readonly<Record<string, string | undefined>>;
  readonly keyInfo?: (params: never, outputs: Readonly<Record<string, InferredType>>) => string;
  readonly derived?: (params: never) => readonly DerivedFact[];
  readonly infer: (inputs: never, params: never) => Inference<Outputs>;
}

export type AnyCompute = (
  inputs: Readonly<Record<string, PortValue | readonly PortValue[] | undefined>>,
  params: Readonly<Record<string, unknown>>,
  context: ComputeContext,
) => Promise<Readonly<Record<string, PortValue>>>;

/** Loads the compute file of a node. */
export async function loadCompute(definition: AnyNode): Promise<AnyCompute> {
  const { default: compute } = (await definition.compute()) as { default?: unknown };
  if (typeof compute !== 'function') throw new Error(`The compute file of ${definition.type} has no default function.`);
  return compute as AnyCompute;
}

const typePattern = /^[a-z]+\.[a-z0-9-]+$/;

export function defineNode<const I extends Inputs, const O extends Outputs, P extends ParamShape>(
  definition: NodeDefinition<I, O, P>,
): NodeDefinition<I, O, P> {
  if (!typePattern.test(definition.type)) throw new Error(`"${definition.type}" is not of the form category.name.`);
  return definition;
}

/** "encoder" of "encoder.balanced-snn". */
export const categoryOf = (type: string): string => type.slice(0, type.indexOf('.'));

export type Catalogue = ReadonlyMap<string, AnyNode>;
export const createCatalogue = (definitions: readonly AnyNode[]): Catalogue =>
  new Map(definitions.map((definition) => [definition.type, definition]));
