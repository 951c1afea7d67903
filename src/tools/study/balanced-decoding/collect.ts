/**
 * Runs the study in the order in which its parts matter, graph by graph, and gathers the records. It may be stopped at
 * any moment: what is recorded is not computed again.
 */
import type { EtaPair, Match } from '../match-drive';
import { type PartOf, Parts, put } from '../parts';
import type { Job, ReadOutput, StudySession } from '../session';
import {
  type Arm,
  armName,
  balanced,
  balancedG,
  comparedArms,
  curveArm,
  type Drive,
  informationJob,
  mainArms,
  ridgeJob,
  sameDrive,
  trainedJob,
  unbalancedG,
} from './arms';
import { type StepTold, stepArms, stepBranch, stepJob, stepTold } from './contrast-step';
import { Drives } from './drives';
import { cifarJob, largeImages, largest, type Variant, variants } from './large';
import { type Information, informationOf, type Scores, scoresOf } from './measures';
import { order, type Part } from './order';
import { readingJob, readingName, readings } from './readings';
import { changeAxes, changedBranch, changeJob, changeName } from './robustness';
import type { Sizes } from './sizes';

export interface Results {
  /** By decoder and arm ("ridge/g5-same"), then by graph. */
  readonly scores: Map<string, Map<number, Scores>>;
  /** By arm, then by graph. */
  readonly information: Map<string, Map<number, Information>>;
  /** The step of contrast, by arm, then by graph. */
  readonly steps: Map<string, Map<number, StepTold>>;
  readonly matches: ReadonlyMap<string, ReadonlyMap<number, Match>>;
  /** Time of computing in all, ms, and by part. */
  readonly ms: ReadonlyMap<string, number>;
  /** Parts that the time did not suffice for, and how far each came. */
  readonly leftOut: ReadonlyMap<string, string>;
}

export class Collector {
  private readonly drives: Drives;
  private readonly measured: Omit<Results, 'ms' | 'leftOut'>;

  constructor(
    private readonly session: StudySession,
    private readonly sizes: Sizes,
    private readonly tell: (line: string) => void,
  ) {
    this.drives = new Drives(session, sizes, tell);
    this.measured = {
      scores: new Map(),
      information: new Map(),
      steps: new Map(),
      matches: this.drives.matches,
    };
  }

  async collect(): Promise<Results> {
    const { sizes } = this;
    const { graphs, curve, information, other, changed, trained, large, limits, cifar, step } = sizes;
    const others = sizes.gs.filter((g) => g !== unbalancedG && g !== balancedG);
    const along = (drive: Drive) => others.map((g) => curveArm(g, drive));
    const parts: Readonly<Record<Part, PartOf>> = {
      'main arms, ridge': {
        graphs,
        once: (graph) =>
          this.ridge(
            mainArms.filter(({ kind }) => kind !== 'shuffled' || graph <= sizes.shuffled),
            graph,
          ),
      },
      'larger set': { graphs: large.graphs, once: (graph) => this.larger(graph) },
      'CIFAR-10': { graphs: cifar.graphs, once: (graph) => this.cifar(graph) },
      'trained decoders': { graphs: trained, once: (graph) => this.trained(graph) },
      'what limits the decoder': { graphs: limits, once: (graph) => this.variants(variants(sizes, graph), graph) },
      'largest set': { graphs: sizes.largest.graphs, once: (graph) => this.variants(largest(sizes, graph), graph) },
      'curve over g, same drive': { graphs: curve.same, once: (graph) => this.ridge(along('same'), graph) },
      'curve over g, drive matched': { graphs: curve.matched, once: (graph) => this.ridge(along('matched'), graph) },
      'other readouts': { graphs: other, once: (graph) => this.readouts(graph) },
      'changed spikes': { graphs: changed, once: (graph) => this.changes(graph) },
      'step of contrast': { graphs: step.graphs, once: (graph) => this.steps(graph) },
      'information, main arms': {
        graphs: information.arms,
        once: (graph) =>
          this.information(
            mainArms.filter(({ kind }) => kind !== 'pixels' && kind !== 'shuffled'),
            graph,
          ),
      },
      'information over g': {
        graphs: information.curve,
        once: (graph) => this.information([...along('same'), ...along('matched')], graph),
      },
    };
    const run = new Parts(parts, this.tell);
    await run.run(order);
    const ms = new Map([...run.ms, ['matching of drives', this.drives.ms]]);
    return { ...this.measured, ms, leftOut: run.leftOut };
  }

  /** Time of `once` for each of the arms that have a drive, in all. */
  private async each(
    arms: readonly Arm[],
    graph: number,
    once: (arm: Arm, eta: EtaPair | null) => Promise<number>,
  ): Promise<number> {
    let ms = 0;
    for (const arm of arms) {
      const eta = await this.drives.of(arm, graph);
      if (eta !== undefined) ms += await once(arm, eta);
    }
    return ms;
  }

  private ridge(arms: readonly Arm[], graph: number): Promise<number> {
    return this.each(arms, graph, (arm, eta) => {
      const { branch, job } = ridgeJob(arm, graph, eta, this.sizes);
      return this.score(`ridge/${armName(arm)}`, graph, job, branch, arm.kind !== 'pixels');
    });
  }

  private async readouts(graph: number): Promise<number> {
    let ms = 0;
    for (const reading of readings) {
      ms += await this.each(comparedArms, graph, (arm, eta) => {
        const job = readingJob(reading, arm, graph, eta, this.sizes);
        return this.score(readingName(reading, arm), graph, job, 'balanced', false);
      });
    }
    return ms;
  }

  private async changes(graph: number): Promise<number> {
    let ms = 0;
    for (const axis of changeAxes(this.sizes)) {
      for (const amount of axis.amounts) {
        ms += await this.each(comparedArms, graph, (arm, eta) => {
          const job = changeJob(axis, amount, arm, graph, eta, this.sizes);
          return this.score(changeName({ kind: axis.kind, amount }, arm), graph, job, changedBranch, false);
        });
      }
    }
    return ms;
  }

  private async trained(graph: number): Promise<number> {
    let ms = 0;
    for (const decoder of ['mlp', 'unet', 'vae'] as const) {
      ms += await this.each(comparedArms, graph, (arm, eta) => {
        const job = trainedJob(decoder, arm, graph, eta, this.sizes);
        return this.score(`${decoder}/${armName(arm)}`, graph, job, 'balanced', false);
      });
    }
    return ms;
  }

  private async larger(graph: number): Promise<number> {
    let ms = 0;
    for (const decoder of ['ridge', 'unet', 'vae', 'ridge-unet'] as const) {
      for (const arm of decoder === 'ridge-unet' ? [balanced] : [balanced, sameDrive]) {
        const job =
          decoder === 'ridge'
            ? ridgeJob(arm, graph, null, { ...this.sizes, ...largeSizes(this.sizes) }).job
            : trainedJob(decoder, arm, graph, null, this.sizes, largeImages(this.sizes));
        ms += await this.score(`large-${decoder}/${armName(arm)}`, graph, job, 'balanced', decoder === 'ridge');
      }
    }
    return ms;
  }

  private async cifar(graph: number): Promise<number> {
    let ms = 0;
    for (const arm of [balanced, sameDrive]) {
      ms += await this.score(`cifar/${armName(arm)}`, graph, cifarJob(arm, graph, this.sizes), 'balanced', false);
    }
    return ms;
  }

  private async variants(several: readonly Variant[], graph: number): Promise<number> {
    let ms = 0;
    for (const { name, job, branch } of several) {
      ms += await this.score(`variant/${name}`, graph, job, branch, false);
    }
    return ms;
  }

  private information(arms: readonly Arm[], graph: number): Promise<number> {
    return this.each(arms, graph, async (arm, eta) => {
      const { branch, job } = informationJob(arm, graph, eta, this.sizes);
      const { measured, ms } = await this.session.record('information', job, (read) => informationOf(read, branch));
      put(this.measured.information, armName(arm), graph, measured);
      return ms;
    });
  }

  private steps(graph: number): Promise<number> {
    return this.each(stepArms, graph, async (arm, eta) => {
      const job = stepJob(arm, graph, eta, this.sizes);
      const { measured, ms } = await this.session.record('information', job, (read) => informationOf(read, stepBranch));
      const told = stepTold(measured, eta);
      if (told) put(this.measured.steps, armName(arm), graph, told);
      return ms;
    });
  }

  private async score(name: string, graph: number, job: Job, branch: string, spikes: boolean): Promise<number> {
    const measure = (read: ReadOutput) => scoresOf(read, branch, spikes);
    const { measured, ms } = await this.session.record('scores', job, measure);
    put(this.measured.scores, name, graph, measured);
    const mean = measured.psnr.reduce((sum, value) => sum + value, 0) / measured.psnr.length;
    this.tell(`  ${name}: ${mean.toFixed(2)} dB${measured.rate === null ? '' : `, ${measured.rate.toFixed(1)} Hz`}`);
    return ms;
  }
}

const largeSizes = ({ large }: Sizes) => ({ train: large.train, validation: 0, test: large.test });
