/**
 * U-Net as a block that refines an image: a contracting path of (3x3 convolution, ReLU) x2 and 2x2 max-pooling, an
 * expanding path of nearest up-sampling, 3x3 convolution that halves the channels, concatenation with the contracting
 * path and (3x3 convolution, ReLU) x2, and a 1x1 convolution at the end. Channels double with every level.
 *
 *   residual   image = clip(x + U(x), 0, 1)     the last convolution starts at zero, so training starts from image = x
 *   sigmoid    image = sigmoid(U(x))
 *
 * Source: Ronneberger, Fischer, Brox 2015; science reference 2.2 (b) and 2.6. The arithmetic is in src/learn/blocks/unet.ts.
 */
import { type Refusal, refuse } from '../../core/validity';
import { choice, integer, type ParamValues } from '../params';
import type { BlockDefinition, ItemShape, LayerRow } from './index';

export const unetParams = {
  baseChannels: integer({
    label: 'Channels',
    help: 'Channels of the first level; each level below has twice as many.',
    symbol: 'c',
    unit: 'channels',
    min: 1,
    max: 128,
    default: 16,
    scale: 'log',
  }),
  levels: integer({
    label: 'Levels',
    help: 'How often the image is halved. Its height and width must be divisible by 2 to the power of this.',
    min: 1,
    max: 5,
    default: 2,
  }),
  output: choice({
    label: 'Output',
    help: 'What the network adds to its input, or gives instead of it.',
    options: [
      {
        value: 'residual',
        label: 'Correction of the input',
        help: 'clip(x + U(x), 0, 1), with U starting at zero: never worse than its input before training.',
      },
      { value: 'sigmoid', label: 'Image of its own', help: 'sigmoid(U(x)).' },
    ],
    default: 'residual',
  }),
};
export type UnetParams = ParamValues<typeof unetParams>;

/** One convolution of the network: kernel size and channels in and out. */
export interface UnetConvolution {
  /** "down1a", "bottomb", "up2", "join1a", "out": unique within the block. */
  readonly name: string;
  readonly size: 1 | 3;
  readonly inChannels: number;
  readonly outChannels: number;
  /** How often the image has been halved where it stands. */
  readonly level: number;
}

/** Every convolution in the order in which they run; the forward pass follows the same list. */
export function unetConvolutions(
  params: UnetParams,
  inChannels: number,
  outChannels: number,
): readonly UnetConvolution[] {
  const width = (level: number) => params.baseChannels * 2 ** level;
  const list: UnetConvolution[] = [];
  const add = (name: string, level: number, from: number, to: number, size: 1 | 3 = 3) =>
    list.push({ name, size, inChannels: from, outChannels: to, level });
  for (let level = 0; level <= params.levels; level++) {
    const name = level === params.levels ? 'bottom' : `down${level + 1}`;
    add(`${name}a`, level, level === 0 ? inChannels : width(level - 1), width(level));
    add(`${name}b`, level, width(level), width(level));
  }
  for (let level = params.levels - 1; level >= 0; level--) {
    add(`up${level + 1}`, level, width(level + 1), width(level));
    add(`join${level + 1}a`, level, 2 * width(level), width(level));
    add(`join${level + 1}b`, level, width(level), width(level));
  }
  add('out', 0, width(0), outChannels, 1);
  return list;
}

/** Largest number of halvings that leaves whole numbers. */
function largestLevels(height: number, width: number): number {
  let levels = 0;
  while (height % 2 ** (levels + 1) === 0 && width % 2 ** (levels + 1) === 0 && levels < 5) levels++;
  return levels;
}

function misfit(params: UnetParams, input: ItemShape, target: ItemShape): Refusal | null {
  const shown = (shape: ItemShape) => shape.join(' × ');
  const [height = 0, width = 0, channels = 0] = input;
  if (input.length !== 3) {
    return refuse(
      'unet.no-image',
      `The U-Net refines images (height × width × channel), but it is given ${shown(input)} numbers.`,
      'Put a model.mlp before it, which makes a first image.',
    );
  }
  if (target.length !== 3 || target[0] !== height || target[1] !== width) {
    return refuse(
      'unet.size',
      `The U-Net keeps the size of its input, ${height} × ${width}, but the targets are ${shown(target)}.`,
      'Resize the images so that both agree, or put a model.mlp before it.',
    );
  }
  if (params.output === 'residual' && target[2] !== channels) {
    return refuse(
      'unet.channels',
      `The U-Net adds its result to its input, which has ${channels} channels, but the targets have ${target[2]}.`,
      'Choose "Image of its own" as its output.',
    );
  }
  const most = largestLevels(height, width);
  if (params.levels > most) {
    return refuse(
      'unet.levels',
      `${height} × ${width} cannot be halved ${params.levels} times: ${2 ** params.levels} does not divide both.`,
      most > 0 ? `Set its levels to ${most} or less.` : 'Resize the images to an even height and width.',
    );
  }
  return null;
}

function resolve(params: UnetParams, input: ItemShape, target: ItemShape) {
  const refusal = misfit(params, input, target);
  if (refusal) return refusal;
  const [height = 0, width = 0, channels = 0] = input;
  const layers: LayerRow[] = [];
  for (const { name, size, inChannels, outChannels, level } of unetConvolutions(params, channels, target[2] ?? 0)) {
    const shape = (n: number): ItemShape => [height / 2 ** level, width / 2 ** level, n];
    const pooled = name === 'bottoma' || /^down(?!1)\d+a$/.test(name);
    if (pooled) layers.push({ name: 'Max-pool 2 × 2', outputShape: shape(inChannels), parameters: 0 });
    if (name.startsWith('up')) layers.push({ name: 'Up-sample 2 ×', outputShape: shape(inChannels), parameters: 0 });
    layers.push({
      name: `Convolution ${size} × ${size} (${name})`,
      outputShape: shape(outChannels),
      parameters: (size * size * inChannels + 1) * outChannels,
    });
    if (name.startsWith('up')) layers.push({ name: 'Concatenate', outputShape: shape(2 * outChannels), parameters: 0 });
  }
  const end = params.output === 'residual' ? 'Add input, clip to 0..1' : 'Sigmoid';
  layers.push({ name: end, outputShape: target, parameters: 0 });
  return { ok: true as const, outputShape: target, layers };
}

function describe({ baseChannels, levels, output }: UnetParams): string {
  const size = `${levels} ${levels === 1 ? 'level' : 'levels'} from ${baseChannels} ${baseChannels === 1 ? 'channel' : 'channels'}`;
  return `${size}, ${output === 'residual' ? 'corrects its input' : 'an image of its own'}`;
}

export const unetBlock: BlockDefinition = { type: 'unet', version: 1, params: unetParams, describe, resolve };
