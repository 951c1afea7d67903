/**
 * A model from its files, the way back of src/data/export/export-model.ts: `model.json` (a weights manifest as tfjs
 * writes it, and the blocks in its metadata) with the files of weights that it names, or all of them in one ZIP file.
 * What is looked at here is the form of the files; whether the arrays fit the blocks is asked where the arithmetic is known.
 */
import { unzipSync } from 'fflate';
import { DataError } from '../core/errors';
import { z } from '../core/zod';
import type { BlockSpec } from '../kit/blocks';
import { blockRegistry } from '../kit/blocks/registry';
import type { ModelValue, NamedArray } from '../kit/values';
import { looksLikeZip } from './npz';
import { decodeElements } from './typed-arrays';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const size = z.number().int().nonnegative();
const shape = z.array(size);
const manifest = z.object({
  format: z.literal('spikeloom-blocks'),
  weightsManifest: z.array(
    z.object({
      paths: z.array(z.string()),
      weights: z.array(z.object({ name: z.string(), shape, dtype: z.string() })),
    }),
  ),
  userDefinedMetadata: z.object({
    blocks: z
      .array(z.object({ type: z.string(), version: z.number(), params: z.record(z.string(), z.unknown()) }))
      .min(1),
    inputShape: shape.optional(),
    targetShape: shape.optional(),
    epochs: size.optional(),
    classNames: z.array(z.string()).optional(),
  }),
});
type Manifest = z.output<typeof manifest>;

const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** Throws DataError, which names the file and what is wrong with it. */
export function importModel(given: readonly NamedFile[]): ModelValue {
  const files = given.flatMap((file) => (looksLikeZip(file.bytes) ? unpacked(file) : [file]));
  const description = theOne(files);
  const { weightsManifest, userDefinedMetadata: meta } = parsed(description);
  const blocks = meta.blocks.map((block) => checkedBlock(block, description.name));
  const arrays = new Map<string, NamedArray>();
  for (const group of weightsManifest) {
    for (const array of arraysOf(group, files, description.name)) arrays.set(array.name, array);
  }
  if (arrays.size === 0) return { kind: 'model', blocks };
  const vector = (name: string): Float32Array => {
    const found = arrays.get(name);
    if (!found) throw broken(description.name, `no array "${name}"`, 'the arrays of a trained model');
    arrays.delete(name);
    return found.data;
  };
  const { inputShape, targetShape, epochs = 0, classNames } = meta;
  if (!inputShape || !targetShape)
    throw broken(description.name, 'weights without "inputShape" and "targetShape"', 'both shapes beside the blocks');
  const [inputMean, inputScale, meanTarget] = ['input/mean', 'input/scale', 'target/mean'].map(vector) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return {
    kind: 'model',
    blocks,
    trained: {
      weights: [...arrays.values()],
      inputShape,
      targetShape,
      inputMean,
      inputScale,
      meanTarget,
      epochs,
      ...(classNames ? { classNames } : {}),
    },
  };
}

function unpacked({ name, bytes }: NamedFile): NamedFile[] {
  try {
    return Object.entries(unzipSync(bytes)).map(([path, content]) => ({ name: `${name}/${path}`, bytes: content }));
  } catch (cause) {
    throw new DataError(
      {
        code: 'model.not-zip',
        message: `"${name}" is no readable ZIP file.`,
        path: name,
        found: cause instanceof Error ? cause.message : 'damaged content',
        cure: 'Save the model again.',
      },
      { cause },
    );
  }
}

function theOne(files: readonly NamedFile[]): NamedFile {
  const found = files.filter(({ name }) => name.toLowerCase().endsWith('.json'));
  const [only] = found;
  if (only && found.length === 1) return only;
  throw new DataError({
    code: 'model.description',
    message: found.length === 0 ? 'None of the files describes a model.' : 'The files describe more than one model.',
    param: 'files',
    found: files.map(({ name }) => baseName(name)).join(', '),
    expected: 'one model.json with its weights.bin, or one ZIP file that holds both',
    cure: 'Choose the files of one model, as "Save model" or "--save NODE.model" wrote them.',
  });
}

function parsed({ name, bytes }: NamedFile): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw broken(name, cause instanceof Error ? cause.message : 'no JSON', 'a JSON file', { cause });
  }
  const result = manifest.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw broken(
    name,
    `at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'another form'}`,
    'the model.json of a Spikeloom model',
  );
}

/** With its parameters checked and complete. */
function checkedBlock({ type, version, params }: BlockSpec, file: string): BlockSpec {
  const known = blockRegistry.get(type);
  if (!known) throw broken(file, `a block "${type}"`, `one of ${[...blockRegistry.keys()].join(', ')}`);
  if (version > known.version) {
    throw new DataError({
      code: 'model.newer',
      message: `The block "${type}" was saved by a newer version of Spikeloom.`,
      path: file,
      found: `version ${version}`,
      expected: `at most ${known.version}`,
      cure: 'Open it with that version.',
    });
  }
  const checked = z.object(known.params).safeParse(params);
  if (checked.success) return { type, version, params: checked.data };
  const [issue] = checked.error.issues;
  throw broken(
    file,
    `"${issue?.path.join('.') ?? ''}" of the block "${type}": ${issue?.message ?? ''}`,
    'its parameters',
  );
}

function arraysOf(
  { paths, weights }: Manifest['weightsManifest'][number],
  files: readonly NamedFile[],
  description: string,
): NamedArray[] {
  const parts = paths.map((path) => {
    const found = files.find(({ name }) => baseName(name) === baseName(path));
    if (found) return found.bytes;
    throw new DataError({
      code: 'model.no-weights',
      message: `The weights "${baseName(path)}" of the model are not among the files.`,
      param: 'files',
      found: files.map(({ name }) => baseName(name)).join(', '),
      expected: `${baseName(path)} beside ${baseName(description)}`,
      cure: 'Choose both files together.',
    });
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let filled = 0;
  for (const part of parts) {
    bytes.set(part, filled);
    filled += part.byteLength;
  }
  const lengths = weights.map((weight) => weight.shape.reduce((product, length) => product * length, 1));
  const expected = 4 * lengths.reduce((sum, length) => sum + length, 0);
  const odd = weights.find(({ dtype }) => dtype !== 'float32');
  if (odd) throw broken(description, `"${odd.name}" of type ${odd.dtype}`, 'float32 arrays');
  if (bytes.byteLength !== expected) {
    throw new DataError({
      code: 'model.weights-size',
      message: 'The weights are not of the length that the model tells.',
      path: paths.join(', '),
      found: `${bytes.byteLength.toLocaleString('en-US')} bytes`,
      expected: `${expected.toLocaleString('en-US')} bytes`,
      cure: 'The file was cut short or belongs to another model: choose the weights that were saved with it.',
    });
  }
  let at = 0;
  return weights.map(({ name, shape: dimensions }, index): NamedArray => {
    const end = at + 4 * (lengths[index] as number);
    const data = decodeElements(bytes.subarray(at, end), 'f4', true) as Float32Array;
    at = end;
    return { name, shape: dimensions, data };
  });
}

const broken = (path: string, found: string, expected: string, options?: { cause: unknown }): DataError =>
  new DataError(
    {
      code: 'model.form',
      message: `"${baseName(path)}" is not the description of a model.`,
      path,
      found,
      expected,
      cure: 'Choose a model.json that "Save model" or "--save NODE.model" wrote.',
    },
    options,
  );
