/**
 * Runs the study in the order in which its parts matter, graph by graph, and gathers the records. It may be stopped at
 * any moment: what is recorded is not computed again.
 */
import { type EtaPair, type Match, matchDrive } from '../match-drive';
import { type Job, OutOfTime, type ReadOutput, type StudySession } from '../session';
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
import { cifarJob, largeImages, type Variant, variants } from './large';
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
  /** Parts that the time did not suffice for, and how far each came. */
  readonly leftOut: Map<string, string>;
}

type Once = (graph: number) => Promise<number>;
type Part =
  | 'main arms, ridge'
  | 'larger set'
  | 'CIFAR-10'
  | 'trained decoders'
  | 'what limits the decoder'
  | 'curve over g, same drive'
  | 'curve over g, drive matched'
  | 'excitatory neurons alone'
  | 'information, main arms'
  | 'information over g';

/** In which order, and up to which graph each time: first a little of everything, then the rest of it. */
const order: readonly (readonly [Part, number])[] = [
  ['main arms, ridge', 99],
  ['larger set', 1],
  ['CIFAR-10', 1],
  ['trained decoders', 1],
  ['excitatory neurons alone', 1],
  ['curve over g, same drive', 1],
  ['information, main arms', 1],
  ['curve over g, drive matched', 1],
  ['what limits the decoder', 1],
  ['trained decoders', 2],
  ['excitatory neurons alone', 3],
  ['trained decoders', 99],
  ['what limits the decoder', 99],
  ['curve over g, same drive', 4],
  ['curve over g, drive matched', 4],
  ['information, main arms', 3],
  ['excitatory neurons alone', 99],
  ['information over g', 1],
  ['curve over g, same drive', 99],
  ['curve over g, drive matched', 99],
  ['information, main arms', 99],
  ['information over g', 99],
  ['larger set', 99],
  ['CIFAR-10', 99],
];

export class Collector {
  private readonly done = new Set<string>();
  readonly results: Results = {
    scores: new Map(),
    information: new Map(),
    matches: new Map(),
    ms: new Map(),
    leftOut: new Map(),
  };

  constructor(
    private readonly session: StudySession,
    private readonly sizes: Sizes,
    private readonly tell: (line: string) => void,
  ) {}

  async collect(): Promise<Results> {
    const { sizes } = this;
    const { graphs, curve, information, excitatory, trained, large, cifar } = sizes;
    const others = sizes.gs.filter((g) => g !== unbalancedG && g !== balancedG);
    const along = (drive: Drive) => others.map((g) => curveArm(g, drive));
    const limits = variants(sizes);
    const parts: Readonly<Record<Part, { readonly graphs: number; readonly once: Once }>> = {
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
      'what limits the decoder': { graphs: limits.length, once: (which) => this.variant(limits[which - 1] as Variant) },
      'curve over g, same drive': { graphs: curve.same, once: (graph) => this.ridge(along('same'), graph) },
      'curve over g, drive matched': { graphs: curve.matched, once: (graph) => this.ridge(along('matched'), graph) },
      'excitatory neurons alone': { graphs: excitatory, once: (graph) => this.ridge(excitatoryArms, graph) },
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
    for (const [part, upTo] of order) await this.part(part, Math.min(upTo, parts[part].graphs), parts[part]);
    return this.results;
  }

  /** Runs `once` for graphs 1 to `upTo`, as long as there is time; what an earlier round did is in the records. */
  private async part(
    name: Part,
    upTo: number,
    { graphs, once }: { readonly graphs: number; readonly once: Once },
  ): Promise<void> {
    for (let graph = 1; graph <= upTo; graph++) {
      if (this.done.has(`${name} ${graph}`)) continue;
      this.tell(`${name}: ${graph} of ${graphs}`);
      try {
        this.results.ms.set(name, (this.results.ms.get(name) ?? 0) + (await once(graph)));
        this.done.add(`${name} ${graph}`);
        this.results.leftOut.delete(name);
      } catch (thrown) {
        if (!(thrown instanceof OutOfTime)) throw thrown;
        const unit = name === 'what limits the decoder' ? 'variants' : 'graphs';
        this.results.leftOut.set(name, `${graph - 1} of ${graphs} ${unit} done`);
        this.tell(`${name}: no time left after ${graph - 1} of ${graphs}`);
        return;
      }
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

  private async variant({ name, job, branch }: Variant): Promise<number> {
    return this.score(`variant/${name}`, 1, job, branch, false);
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
