/**
 * What is left to decode when the spikes are cut short, moved in time, or lost, one by one or with their neurons: a branch
 * of pipelines/mnist-encoding-controls.json that changes the spikes of the network before they are read. The decoder is
 * fitted anew to the changed spikes. Rates hardly feel a jitter, so that it is tried on the first spike of each neuron.
 */
import type { EtaPair } from '../match-drive';
import type { Job } from '../session';
import { type Arm, armName, ridgeJob } from './arms';
import { readings } from './readings';
import type { Sizes } from './sizes';

export type ChangeKind = 'window' | 'jitter' | 'delete' | 'drop';

export interface Change {
  readonly kind: ChangeKind;
  /** ms of the window or the jitter, or the share that is lost. */
  readonly amount: number;
}

export interface ChangeAxis {
  readonly kind: ChangeKind;
  readonly title: string;
  readonly label: string;
  readonly unit: string;
  readonly scale?: 'log';
  readonly amounts: readonly number[];
  /** Where nothing is changed: the amount, and under which name the scores of the unchanged spikes are. */
  readonly unchanged: { readonly amount: number; readonly decoder: string };
  /** Settings of the readout. */
  readonly readout: readonly string[];
}

const latency = readings.find(({ name }) => name === 'latency')?.name ?? '';

export const changeAxes = ({ counted }: Sizes): ChangeAxis[] => [
  {
    kind: 'window',
    title: 'Readout window',
    label: 'time that is read',
    unit: 'ms',
    scale: 'log',
    amounts: [5, 10, 20, 50, 100].filter((length) => length < counted),
    unchanged: { amount: counted, decoder: 'ridge' },
    readout: [],
  },
  {
    kind: 'jitter',
    title: 'Jitter, first spikes read',
    label: 'standard deviation',
    unit: 'ms',
    amounts: [2, 5, 10, 20, 50],
    unchanged: { amount: 0, decoder: `read-${latency}` },
    readout: [`method=${latency}`],
  },
  {
    kind: 'delete',
    title: 'Lost spikes',
    label: 'share of spikes lost',
    unit: '1',
    amounts: [0.25, 0.5, 0.75, 0.9],
    unchanged: { amount: 0, decoder: 'ridge' },
    readout: [],
  },
  {
    kind: 'drop',
    title: 'Lost neurons',
    label: 'share of neurons silenced',
    unit: '1',
    amounts: [0.25, 0.5, 0.75, 0.9],
    unchanged: { amount: 0, decoder: 'ridge' },
    readout: [],
  },
];

export const changeName = ({ kind, amount }: Change, arm: Arm): string => `${kind}-${amount}/${armName(arm)}`;

/** The name of the scores of an axis at one amount, the unchanged one among them. */
export const pointName = ({ kind, unchanged }: ChangeAxis, amount: number, arm: Arm): string =>
  amount === unchanged.amount ? `${unchanged.decoder}/${armName(arm)}` : changeName({ kind, amount }, arm);

/** All amounts of an axis in order, the unchanged one among them. */
export const allAmounts = ({ amounts, unchanged }: ChangeAxis): number[] =>
  [...amounts, unchanged.amount].sort((a, b) => a - b);

const parameterOf: Readonly<Record<ChangeKind, string>> = {
  window: 'length',
  jitter: 'jitter',
  delete: 'share',
  drop: 'share',
};

/** The branch that shuffles stimuli, with another operation in the place of the shuffle. */
export const changedBranch = 'shuffled';

export function changeJob(
  axis: ChangeAxis,
  amount: number,
  arm: Arm,
  graph: number,
  eta: EtaPair | null,
  sizes: Sizes,
): Job {
  const { settings, pipeline } = ridgeJob(arm, graph, eta, sizes).job;
  const { kind, readout } = axis;
  return {
    pipeline,
    settings: [
      ...settings,
      `${changedBranch}.operation=${kind}`,
      `${changedBranch}.${parameterOf[kind]}=${amount}`,
      ...readout.map((setting) => `readout-${changedBranch}.${setting}`),
    ],
    targets: [`quality-${changedBranch}`, `predict-${changedBranch}`, `readout-${changedBranch}`],
  };
}
