/**
 * Convolutional autoencoder of Zhang et al. as a block that refines an image: four convolutions of stride 2, then four times
 * nearest up-sampling and a convolution, each with batch normalisation, ReLU and dropout (the first without dropout, the last
 * with batch normalisation only).
 *
 *   channels c, 2c, 4c, 4c down and 4c, 2c, c, target up; kernels 7, 5, 3, 3 and 3, 3, 5, 7; c = 64
 *
 * Where halving leaves an odd size, the up-sampled image is cut to the size that the way down had, so that 28 x 28 works too.
 * Source: Zhang et al. 2020 (sample network); science reference 2.2 (a). The arithmetic is in src/learn/blocks/autoencoder.ts.
 */
import { type Refusal, refuse } from '../../core/validity';
import { integer, type ParamValues, quantity } from '../params';
import type { BlockDefinition, ItemShape, LayerRow } from './index';

export const autoencoderParams = {
  baseChannels: integer({
    label: 'Channels',
    help: 'Channels of the first convolution; the next have twice, four times and four times as many. The paper has 64.',
    symbol: 'c',
    unit: 'channels',
    min: 1,
    max: 128,
    default: 64,
    scale: 'log',
  }),
  dropout: quantity('1', {
    label: 'Dropout',
    help: 'Share of values that is silenced behind every convolution but the first and the last, anew for every image and epoch.',
    min: 0,
    max: 0.9,
    default: 0.25,
    step: 0.05,
  }),
};
export type AutoencoderParams = ParamValues<typeof autoencoderParams>;

export interface AutoencoderStage {
  /** "down1" to "down4", "up1" to "up3", "out". */
  readonly name: string;
  readonly size: 3 | 5 | 7;
  readonly stride: 1 | 2;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of what it gives. */
  readonly height: number;
  readonly width: number;
  /** Doubled by up-sampling, and cut to `height` and `width`, before the convolution. */
  readonly upSampled: boolean;
  readonly relu: boolean;
  readonly dropout: boolean;
}

/** Every convolution in the order in which they run; the forward pass follows the same list. */
export function autoencoderStages(
  { baseChannels: c, dropout }: AutoencoderParams,
  [height = 0, width = 0, channels = 0]: ItemShape,
  outChannels: number,
): readonly AutoencoderStage[] {
  const sizes = [[height, width]];
  for (let level = 0; level < 4; level++) sizes.push((sizes[level] as number[]).map((size) => Math.ceil(size / 2)));
  const widths = [c, 2 * c, 4 * c, 4 * c, 4 * c, 2 * c, c, outChannels];
  const kernels = [7, 5, 3, 3, 3, 3, 5, 7] as const;
  return kernels.map((size, at): AutoencoderStage => {
    const down = at < 4;
    const [h = 0, w = 0] = sizes[down ? at + 1 : 7 - at] ?? [];
    return {
      name: down ? `down${at + 1}` : at === 7 ? 'out' : `up${at - 3}`,
      size,
      stride: down ? 2 : 1,
      inChannels: at === 0 ? channels : (widths[at - 1] as number),
      outChannels: widths[at] as number,
      height: h,
      width: w,
      upSampled: !down,
      relu: at < 7,
      dropout: dropout > 0 && at > 0 && at < 7,
    };
  });
}

function misfit(input: ItemShape, target: ItemShape): Refusal | null {
  const shown = (shape: ItemShape) => shape.join(' × ');
  const [height = 0, width = 0] = input;
  if (input.length !== 3 || height * width === 0) {
    return refuse(
      'autoencoder.no-image',
      `The autoencoder refines images (height × width × channel), but it is given ${shown(input)} numbers.`,
      'Put a model.mlp before it, which makes a first image.',
    );
  }
  if (target.length !== 3 || target[0] !== height || target[1] !== width) {
    return refuse(
      'autoencoder.size',
      `The autoencoder keeps the size of its input, ${height} × ${width}, but the targets are ${shown(target)}.`,
      'Resize the images so that both agree, or put a model.mlp before it.',
    );
  }
  return null;
}

function resolve(params: AutoencoderParams, input: ItemShape, target: ItemShape) {
  const refusal = misfit(input, target);
  if (refusal) return refusal;
  const layers: LayerRow[] = [];
  let before = input;
  for (const stage of autoencoderStages(params, input, target[2] ?? 0)) {
    const { name, size, stride, height, width, inChannels, outChannels } = stage;
    const shape = [height, width, outChannels];
    if (stage.upSampled) {
      const cut = (before[0] as number) * 2 !== height || (before[1] as number) * 2 !== width;
      layers.push({
        name: cut ? 'Up-sample 2 ×, cut' : 'Up-sample 2 ×',
        outputShape: [height, width, inChannels],
        parameters: 0,
      });
    }
    layers.push({
      name: `Convolution ${size} × ${size}${stride === 2 ? ', stride 2' : ''} (${name})`,
      outputShape: shape,
      parameters: size * size * inChannels * outChannels,
    });
    const end = stage.dropout ? `, ReLU, dropout ${params.dropout}` : stage.relu ? ', ReLU' : '';
    layers.push({ name: `BatchNorm${end}`, outputShape: shape, parameters: 2 * outChannels });
    before = shape;
  }
  return { ok: true as const, outputShape: target, layers };
}

const describe = ({ baseChannels, dropout }: AutoencoderParams): string =>
  `from ${baseChannels} ${baseChannels === 1 ? 'channel' : 'channels'}, dropout ${dropout}`;

export const autoencoderBlock: BlockDefinition = {
  type: 'autoencoder',
  version: 1,
  params: autoencoderParams,
  describe,
  resolve,
};
