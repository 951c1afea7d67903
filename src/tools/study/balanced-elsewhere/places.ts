/**
 * Networks, drives and images other than those of the main study, in each of which the comparison is made again: a result
 * about balance must not hang on one size, one rate or one kind of image.
 */
import { type Arm, balanced, comparedArms } from '../balanced-decoding/arms';
import type { Sizes } from '../balanced-decoding/sizes';

export interface Place {
  readonly name: string;
  readonly label: string;
  readonly sizes: Sizes;
  readonly graphs: number;
  readonly arms: readonly Arm[];
}

/** Without any inhibition. */
export const blocked: Arm = { kind: 'network', g: 0, drive: 'same' };

/**
 * Drive of the low-rate place, of all its networks at the same drive: below threshold at a dark pixel, just above it at a
 * bright one.
 */
const lowDrive = [0.6, 0.6] as const;

/** Efficacies follow 1 / sqrt(K), so that fluctuations are those of the main study's network. */
function ofSize(sizes: Sizes, nExc: number, nInh: number): string[] {
  const reference = sizes.name === 'miniature' ? 14 : 102;
  return [`nExc=${nExc}`, `nInh=${nInh}`, 'weightScaling=1/sqrtK', `referenceInDegree=${reference}`];
}

export function placesOf(sizes: Sizes): Place[] {
  const small = sizes.name === 'miniature';
  const graphs = small ? 1 : 3;
  const images = small ? 'textures' : 'cifar10';
  const encoder = (...settings: readonly string[]): Sizes => ({
    ...sizes,
    encoderSettings: [...sizes.encoderSettings, ...settings],
  });
  const few = small ? {} : { train: 500, validation: 100, test: 100, matchImages: 50 };
  return [
    { name: 'main', label: 'digits, 1,280 neurons', sizes, graphs, arms: comparedArms },
    {
      name: 'photographs',
      label: 'photographs (CIFAR-10, grey)',
      sizes: { ...sizes, imageSettings: [`dataset=${images}`] },
      graphs,
      arms: comparedArms,
    },
    {
      name: 'low',
      label: `low rate (${lowDrive.join(' + ')} x)`,
      sizes: { ...sizes, drive: lowDrive },
      graphs,
      arms: comparedArms,
    },
    {
      name: 'small',
      label: '320 neurons',
      sizes: encoder(...ofSize(sizes, small ? 64 : 256, small ? 16 : 64)),
      graphs,
      arms: comparedArms,
    },
    {
      name: 'large',
      label: '5,120 neurons',
      sizes: { ...encoder(...ofSize(sizes, small ? 256 : 4096, small ? 64 : 1024)), ...few },
      graphs: small ? 1 : 2,
      arms: comparedArms,
    },
    { name: 'blocked', label: 'inhibition blocked', sizes, graphs, arms: [balanced, blocked] },
  ];
}
