/**
 * Learnable models are values: a `model` wire carries a chain of block descriptions. This module holds what can be said
 * about a block without computing: its type, version, parameters, and how shapes and parameter counts resolve. The
 * forward pass, extra losses and hooks of the same block types live in src/learn, found by the same type name.
 */
import { type Refusal, refuse } from '../../core/validity';
import type { ParamShape } from '../params';

export interface BlockSpec {
  /** Permanent name, e.g. "mlp" or "unet"; equal to the node type without "model.". */
  readonly type: string;
  readonly version: number;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Shape of one item: [feature] or [height, width, channel]. */
export type ItemShape = readonly number[];

export interface LayerRow {
  readonly name: string;
  readonly outputShape: ItemShape;
  readonly parameters: number;
}

type BlockResolution =
  | { readonly ok: true; readonly outputShape: ItemShape; readonly layers: readonly LayerRow[] }
  | Refusal;

export interface BlockDefinition {
  readonly type: string;
  readonly version: number;
  readonly params: ParamShape;
  /** Found on the training items in one go before any epoch, and fixed from then on. */
  readonly closedForm?: true;
  /** What numbers it gives: any, or those of a pixel, 0..1. Absent: pixels. */
  readonly range?: (params: never) => 'any' | 'pixels';
  /** Its settings in a few words, for where shapes are not known. */
  readonly describe: (params: never) => string;
  /** Pure: output shape and layers for an input item shape, given the shape that the whole chain must reach. */
  readonly resolve: (params: never, input: ItemShape, target: ItemShape) => BlockResolution;
}

export interface ChainResolution {
  readonly ok: true;
  readonly blocks: readonly {
    readonly spec: BlockSpec;
    readonly input: ItemShape;
    readonly output: ItemShape;
    readonly layers: readonly LayerRow[];
  }[];
  readonly output: ItemShape;
  readonly parameters: number;
}

export type BlockRegistry = ReadonlyMap<string, BlockDefinition>;

/** Resolves every block of a chain in order; refuses with the first block that does not fit. */
export function resolveChain(
  registry: BlockRegistry,
  blocks: readonly BlockSpec[],
  input: ItemShape,
  target: ItemShape,
): ChainResolution | Refusal {
  if (blocks.length === 0) return refuse('model.empty', 'The model has no block.', 'Wire a model node into it.');
  const resolved: ChainResolution['blocks'][number][] = [];
  let shape = input;
  for (const spec of blocks) {
    const definition = registry.get(spec.type);
    if (!definition) return refuse('model.unknown-block', `The block "${spec.type}" is not known to this version.`);
    if (definition.closedForm && resolved.length > solvedBlocks(registry, blocks)) {
      return refuse(
        'model.solved-late',
        `The block "${spec.type}" is solved before training starts, but stands behind "${blocks[resolved.length - 1]?.type}", which learns only then.`,
        `Put the ${spec.type} block first.`,
      );
    }
    const result = definition.resolve(spec.params as never, shape, target);
    if (!result.ok) return result;
    resolved.push({ spec, input: shape, output: result.outputShape, layers: result.layers });
    shape = result.outputShape;
  }
  const parameters = resolved.reduce(
    (sum, block) => sum + block.layers.reduce((n, layer) => n + layer.parameters, 0),
    0,
  );
  return { ok: true, blocks: resolved, output: shape, parameters };
}

/** Whether the last block of the chain can give any number, as scores of classes must be. */
export function givesAnyNumber(registry: BlockRegistry, blocks: readonly BlockSpec[]): boolean {
  const last = blocks.at(-1);
  return last !== undefined && registry.get(last.type)?.range?.(last.params as never) === 'any';
}

/** How many blocks at the start of the chain are found in closed form. */
export function solvedBlocks(registry: BlockRegistry, blocks: readonly BlockSpec[]): number {
  const first = blocks.findIndex(({ type }) => !registry.get(type)?.closedForm);
  return first < 0 ? blocks.length : first;
}

export const sizeOfShape = (shape: ItemShape): number => shape.reduce((product, size) => product * size, 1);
