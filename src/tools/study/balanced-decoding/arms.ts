/**
 * The conditions that are compared. All are branches of shipped pipelines under other parameters: what the report says of
 * an arm is what these settings say.
 */
import type { EtaPair } from '../match-drive';
import type { Job } from '../session';
import type { Sizes } from './sizes';

export type Drive = 'same' | 'matched';

/** A network, or a control made from the balanced one. */
export type Arm =
  | { readonly kind: 'network'; readonly g: number; readonly drive: Drive }
  | { readonly kind: 'uncoupled'; readonly drive: Drive }
  | { readonly kind: 'poisson' | 'shuffled' | 'pixels' };

/** The arm that the others are matched to, and the seed's other one. */
export const balancedG = 5;
export const unbalancedG = 3.5;

export function armName(arm: Arm): string {
  if (arm.kind === 'network') return `g${arm.g}-${arm.drive}`;
  return arm.kind === 'uncoupled' ? `uncoupled-${arm.drive}` : arm.kind;
}

export function armLabel(arm: Arm): string {
  const drive = (which: Drive) => (which === 'same' ? 'same drive' : 'drive matched');
  switch (arm.kind) {
    case 'network':
      return arm.g === balancedG ? `balanced, g = ${arm.g}` : `g = ${arm.g}, ${drive(arm.drive)}`;
    case 'uncoupled':
      return `no recurrence, ${drive(arm.drive)}`;
    case 'poisson':
      return 'Poisson, like balanced';
    case 'shuffled':
      return 'balanced, stimuli shuffled';
    case 'pixels':
      return 'pixels themselves';
  }
}

const network = (g: number, drive: Drive = 'same'): Arm => ({ kind: 'network', g, drive });

export const balanced = network(balancedG);
export const sameDrive = network(unbalancedG);
export const matchedDrive = network(unbalancedG, 'matched');
export const uncoupledSame: Arm = { kind: 'uncoupled', drive: 'same' };
export const uncoupledMatched: Arm = { kind: 'uncoupled', drive: 'matched' };

/** Those that the conclusion rests on. */
export const mainArms: readonly Arm[] = [
  balanced,
  sameDrive,
  matchedDrive,
  uncoupledSame,
  uncoupledMatched,
  { kind: 'poisson' },
  { kind: 'shuffled' },
  { kind: 'pixels' },
];
/** Those that trained decoders are given, other readouts and changed spikes. */
export const comparedArms: readonly Arm[] = [balanced, sameDrive, matchedDrive];

export const curveArm = (g: number, drive: Drive): Arm => network(g, g === balancedG ? 'same' : drive);

/** Whether the drive of this arm must be solved for first. */
export const needsMatch = (arm: Arm): boolean => 'drive' in arm && arm.drive === 'matched';

/** Settings of the encoder `node` for this arm and graph. */
export function encoderSettings(node: string, arm: Arm, graph: number, eta: EtaPair | null, sizes: Sizes): string[] {
  const [etaBase, etaGain] = eta ?? sizes.drive;
  const own =
    arm.kind === 'network'
      ? [`inhExcRatio=${arm.g}`]
      : arm.kind === 'uncoupled'
        ? ['connectionProbability=0']
        : [`inhExcRatio=${balancedG}`];
  const seeds = ['seedNetwork', 'seedInput', 'seedInit'].map((name) => `${name}=${graph}`);
  return [...own, `etaBase=${etaBase}`, `etaGain=${etaGain}`, ...seeds, ...sizes.encoderSettings].map(
    (setting) => `${node}.${setting}`,
  );
}

export const imageSettings = (
  sizes: Sizes,
  { train, validation, test }: Pick<Sizes, 'train' | 'validation' | 'test'> = sizes,
): string[] =>
  [`trainCount=${train}`, `validationCount=${validation}`, `testCount=${test}`, ...sizes.imageSettings].map(
    (setting) => `images.${setting}`,
  );

/** Branch of pipelines/mnist-encoding-controls.json. */
const branchOf = (arm: Arm): string => (arm.kind === 'network' || arm.kind === 'uncoupled' ? 'balanced' : arm.kind);

function controlsJob(
  arm: Arm,
  graph: number,
  eta: EtaPair | null,
  sizes: Sizes,
): Omit<Job, 'targets'> & { branch: string } {
  const branch = branchOf(arm);
  return {
    pipeline: 'mnist-encoding-controls',
    branch,
    settings: [
      ...imageSettings(sizes),
      ...encoderSettings('balanced', arm, graph, eta, sizes),
      `poisson.seed=${graph}`,
      `shuffled.seed=${graph}`,
    ],
  };
}

/** Ridge regression of one arm. */
export function ridgeJob(arm: Arm, graph: number, eta: EtaPair | null, sizes: Sizes) {
  const { branch, ...job } = controlsJob(arm, graph, eta, sizes);
  const readout = arm.kind === 'pixels' ? [] : [`readout-${branch}`];
  return { branch, job: { ...job, targets: [`quality-${branch}`, `predict-${branch}`, ...readout] } };
}

export function informationJob(arm: Arm, graph: number, eta: EtaPair | null, sizes: Sizes) {
  const { branch, ...job } = controlsJob(arm, graph, eta, sizes);
  return { branch, job: { ...job, targets: [`information-${branch}`] } };
}

/** Responses of an encoder to a few training images, for matching drives. */
export function responseJob(arm: Arm, graph: number, eta: EtaPair, sizes: Sizes): Job {
  const { settings } = controlsJob(arm, graph, eta, sizes);
  const images = imageSettings(sizes, { train: sizes.matchImages, validation: 0, test: 0 });
  return {
    pipeline: 'mnist-encoding-controls',
    settings: [...settings, ...images],
    targets: ['readout-balanced', 'images'],
  };
}

export type TrainedDecoder = 'mlp' | 'unet' | 'vae' | 'ridge-unet';

const pipelineOf: Readonly<Record<TrainedDecoder, string>> = {
  mlp: 'mnist-balanced-vs-unbalanced',
  unet: 'mnist-balanced-vs-unbalanced',
  vae: 'mnist-balanced-vs-unbalanced-vae',
  'ridge-unet': 'mnist-ridge-unet',
};

/** A trained decoder of one arm: the balanced branch of a pipeline that compares two. */
export function trainedJob(
  decoder: TrainedDecoder,
  arm: Arm,
  graph: number,
  eta: EtaPair | null,
  sizes: Sizes,
  images: readonly string[] = imageSettings(sizes),
): Job {
  // Before its first epoch the U-Net adds nothing: the warm-up alone is the MLP alone.
  const alone = decoder === 'mlp' ? [`train-balanced.epochs=${sizes.decoderSettings.length > 0 ? 1 : warmUp}`] : [];
  return {
    pipeline: pipelineOf[decoder],
    settings: [
      ...images,
      ...encoderSettings('balanced', arm, graph, eta, sizes),
      ...sizes.decoderSettings.map((setting) => `train-balanced.${setting}`),
      ...alone,
    ],
    targets: ['quality-balanced', 'predict-balanced'],
  };
}

/** Epochs of warm-up in pipelines/mnist-balanced-vs-unbalanced.json (a test compares them). */
export const warmUp = 12;
