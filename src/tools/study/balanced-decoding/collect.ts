/**
 * Runs the study in the order in which its parts matter, graph by graph, and gathers the records. It may be stopped at
 * any moment: what is recorded is not computed again.
 */
import { type EtaPair, type Match, matchDrive } from '../match-drive';
import type { Job, ReadOutput, StudySession } from '../session';
import {
  type Arm,
  armLabel,
  armName,
  balanced,
  balancedG,
  curveArm,
  type Drive,
  excitatoryArms,
  informationJob,
  mainArms,
  needsMatch,
  responseJob,
  ridgeJob,
  sameDrive,
  trainedArms,
  trainedJob,
  unbalancedG,
} from './arms';
import { cifarJob, largeImages, variants } from './large';
import { type Information, informationOf, responseOf, type Scores, scoresOf } from './measures';
import type { Sizes } from './sizes';

export interface Results {
  /** By decoder and arm ("ridge/g5-same"), then by graph. */
  readonly scores: Map<string, Map<number, Scores>>;
  /** By arm, then by graph. */
  readonly information: Map<string, Map<number, Information>>;
  readonly matches: Map<string, Map<number, Match>>;
  /** Time of computing in all, ms, and by part. */
  readonly ms: Map<string, number>;
  /** Parts that the time did not suffice for, in words. */
  readonly leftOut: string[];
}

export class Collector {
  readonly results: Results = {
    scores: new Map(),
    information: new Map(),
    matches: new Map(),
    ms: new Map(),
    leftOut: [],
  };

  constructor(
    private readonly session: StudySession,
    private readonly sizes: Sizes,
    private readonly tell: (line: string) => void,
    /** When to start no more runs, ms since the epoch. */
    private readonly deadline: number,
  ) {}

  async collect(): Promise<Results> {
    const { sizes } = this;
    const { graphs, curve, information, excitatory, trained, large, cifar } = sizes;
    const others = sizes.gs.filter((g) => g !== unbalancedG && g !== balancedG);
    const along = (drive: Drive) => others.map((g) => curveArm(g, drive));
    const first = (count: number) => Math.min(1, count);
    await this.part('main arms, ridge', graphs, (graph) => this.ridge(mainArms, graph));
    await this.part('larger set, first graph, ridge', first(large.graphs), (graph) =>
      this.larger(graph, ['ridge', 'ridge-unet']),
    );
    await this.part('trained decoders', trained, (graph) => this.trained(graph));
    await this.part('information, main arms', information.arms, (graph) =>
      this.information(
        mainArms.filter(({ kind }) => kind !== 'pixels' && kind !== 'shuffled'),
        graph,
      ),
    );
    await this.part('larger set, first graph, trained', first(large.graphs), (graph) =>
      this.larger(graph, ['unet', 'vae']),
    );
    await this.part('CIFAR-10, first graph', first(cifar.graphs), (graph) => this.cifar(graph));
    await this.part('excitatory neurons alone', excitatory, (graph) => this.ridge(excitatoryArms, graph));
    await this.part('curve over g, same drive', curve.same, (graph) => this.ridge(along('same'), graph));
    await this.part('what limits the decoder', sizes.ablation ? 1 : 0, () => this.variants());
    await this.part('curve over g, drive matched', curve.matched, (graph) => this.ridge(along('matched'), graph));
    await this.part('information over g', information.curve, (graph) =>
      this.information([...along('same'), ...along('matched')], graph),
    );
    await this.part('larger set, further graphs', large.graphs, (graph) =>
      this.larger(graph, ['ridge', 'unet', 'vae']),
    );
    await this.part('CIFAR-10, further graphs', cifar.graphs, (graph) => this.cifar(graph));
    return this.results;
  }

  /** Runs `once` for graphs 1, 2, ... as long as there is time. */
  private async part(name: string, graphs: number, once: (graph: number) => Promise<number>): Promise<void> {
    for (let graph = 1; graph <= graphs; graph++) {
      if (Date.now() > this.deadline) {
        this.results.leftOut.push(`${name}: ${graph - 1} of ${graphs} graphs`);
        this.tell(`${name}: no time left after ${graph - 1} of ${graphs} graphs`);
        return;
      }
      this.tell(`${name}: graph ${graph} of ${graphs}`);
      this.results.ms.set(name, (this.results.ms.get(name) ?? 0) + (await once(graph)));
    }
  }

  /** The drive of an arm, or null for the published one; undefined where none was found. */
  private async drive(arm: Arm, graph: number): Promise<EtaPair | null | undefined> {
    if (!needsMatch(arm)) return null;
    const known = this.results.matches.get(armName(plain(arm)))?.get(graph) ?? (await this.match(plain(arm), graph));
    return known.reached ? known.eta : undefined;
  }

  private async match(arm: Arm, graph: number): Promise<Match> {
    const respond = async (which: Arm, eta: EtaPair) =>
      (await this.session.record('response', responseJob(which, graph, eta, this.sizes), responseOf)).measured;
    // Rounded, so that the drives of a report give the spikes of a report.
    const rounded = ([base, gain]: EtaPair): EtaPair => [round(base), round(gain)];
    const match = await matchDrive({
      measure: (eta) => respond(arm, rounded(eta)),
      target: await respond(balanced, [1, 2]),
      start: this.results.matches.get(armName(arm))?.get(graph - 1)?.eta ?? startOf(arm),
      tolerance: 0.01,
      highest: 20,
      budget: 24,
    });
    const found = { ...match, eta: rounded(match.eta) };
    const rate = `${found.response.rate.toFixed(1)} Hz, range ${found.response.range.toFixed(1)} Hz`;
    this.tell(
      `  ${armLabel(arm)}: eta ${found.eta.join(' + ')}, ${rate}, ${found.measurements} measurements${found.reached ? '' : `; not reached: ${found.reason}`}`,
    );
    put(this.results.matches, armName(arm), graph, found);
    return found;
  }

  private async ridge(arms: readonly Arm[], graph: number): Promise<number> {
    let ms = 0;
    for (const arm of arms) {
      const eta = await this.drive(arm, graph);
      if (eta === undefined) continue;
      const { branch, job } = ridgeJob(arm, graph, eta, this.sizes);
      ms += await this.score(`ridge/${armName(arm)}`, graph, job, branch, arm.kind !== 'pixels');
    }
    return ms;
  }

  private async trained(graph: number): Promise<number> {
    let ms = 0;
    for (const decoder of ['mlp', 'unet', 'vae'] as const) {
      for (const arm of trainedArms) {
        const eta = await this.drive(arm, graph);
        if (eta === undefined) continue;
        const job = trainedJob(decoder, arm, graph, eta, this.sizes);
        ms += await this.score(`${decoder}/${armName(arm)}`, graph, job, 'balanced', false);
      }
    }
    return ms;
  }

  private async larger(graph: number, decoders: readonly ('ridge' | 'unet' | 'vae' | 'ridge-unet')[]): Promise<number> {
    let ms = 0;
    for (const decoder of decoders) {
      for (const arm of [balanced, sameDrive]) {
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

  private async variants(): Promise<number> {
    let ms = 0;
    for (const { name, job, branch } of variants(this.sizes)) {
      ms += await this.score(`variant/${name}`, 1, job, branch, false);
    }
    return ms;
  }

  private async information(arms: readonly Arm[], graph: number): Promise<number> {
    let ms = 0;
    for (const arm of arms) {
      const eta = await this.drive(arm, graph);
      if (eta === undefined) continue;
      const { branch, job } = informationJob(arm, graph, eta, this.sizes);
      const found = await this.session.record('information', job, (read) => informationOf(read, branch));
      put(this.results.information, armName(arm), graph, found.measured);
      ms += found.ms;
    }
    return ms;
  }

  private async score(name: string, graph: number, job: Job, branch: string, spikes: boolean): Promise<number> {
    const measure = (read: ReadOutput) => scoresOf(read, branch, spikes);
    const { measured, ms } = await this.session.record('scores', job, measure);
    put(this.results.scores, name, graph, measured);
    const mean = measured.psnr.reduce((sum, value) => sum + value, 0) / measured.psnr.length;
    this.tell(`  ${name}: ${mean.toFixed(2)} dB${measured.rate === null ? '' : `, ${measured.rate.toFixed(1)} Hz`}`);
    return ms;
  }
}

const largeSizes = ({ large }: Sizes) => ({ train: large.train, validation: 0, test: large.test });

/** The same network whatever is read from it. */
const plain = (arm: Arm): Arm => (arm.kind === 'network' ? { kind: 'network', g: arm.g, drive: arm.drive } : arm);

const round = (value: number): number => Number(value.toFixed(4));

/** Where the search begins: drives fall with excitation and rise with inhibition. */
function startOf(arm: Arm): EtaPair {
  if (arm.kind !== 'network') return [0.9, 2];
  return [0.68 + 0.21 * (arm.g - 3.5), 1.7 + 0.2 * (arm.g - 3.5)];
}

function put<T>(into: Map<string, Map<number, T>>, name: string, graph: number, value: T): void {
  const known = into.get(name) ?? new Map<number, T>();
  known.set(graph, value);
  into.set(name, known);
}
