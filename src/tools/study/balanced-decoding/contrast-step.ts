/**
 * Linear Fisher information about a small step of contrast: all neurons see the same grey, with many trials at both ends.
 * Greys are near the mean of a digit (0.13), where the drives of the arms were matched.
 */
import type { EtaPair } from '../match-drive';
import type { Job } from '../session';
import { type Arm, balanced, encoderSettings, matchedDrive, sameDrive, uncoupledMatched, uncoupledSame } from './arms';
import type { Information } from './measures';
import { publishedDrive, type Sizes } from './sizes';

/** The two greys. */
export const greys = [0.1, 0.15] as const;
const pipeline = 'balanced-contrast-step';
export const stepBranch = 'balanced';

/** Those that can be shown a grey: a Poisson copy needs the images it was fitted to. */
export const stepArms: readonly Arm[] = [balanced, sameDrive, matchedDrive, uncoupledSame, uncoupledMatched];

export function stepJob(arm: Arm, graph: number, eta: EtaPair | null, sizes: Sizes): Job {
  const [base, gain] = eta ?? sizes.drive;
  const [from, to] = greys.map((grey) => Number((base + gain * grey).toFixed(6))) as [number, number];
  const set = (node: string, settings: readonly string[]) => settings.map((setting) => `${node}.${setting}`);
  return {
    pipeline,
    settings: [
      ...set('drive', [`from=${from}`, `to=${to}`, `step=${Number((to - from).toFixed(6))}`]),
      ...encoderSettings(stepBranch, arm, graph, eta, sizes),
      `${stepBranch}.trials=${sizes.step.trials}`,
      ...set(`information-${stepBranch}`, [
        `stepFrom=${from}`,
        `stepTo=${to}`,
        `fisherUnits=${sizes.step.units}`,
        'folds=2',
        'resamples=0',
      ]),
    ],
    targets: [`information-${stepBranch}`],
  };
}

export interface StepTold {
  /** Per squared unit of grey. */
  readonly fisher: number;
  /** As if neurons were independent. */
  readonly shuffled: number;
  /** A trial, both greys together. */
  readonly spikes: number;
}

/** Of levels of drive, `gain` a unit of grey; null where the node gives none. */
export function stepTold(information: Information, eta: EtaPair | null): StepTold | null {
  const gain = (eta ?? publishedDrive)[1];
  const value = (measure: string) => information[measure]?.value ?? null;
  const [fisher, shuffled, spikes] = [value('fisher'), value('fisher shuffled'), value('spikes')];
  if (fisher === null || shuffled === null || spikes === null) return null;
  return { fisher: fisher * gain ** 2, shuffled: shuffled * gain ** 2, spikes };
}
