/** The drives of arms and graphs: that of the balanced network, or the one that was solved for, once each. */
import { type EtaPair, type Match, matchDrive } from '../match-drive';
import type { StudySession } from '../session';
import { type Arm, armLabel, armName, balanced, needsMatch, responseJob } from './arms';
import { responseOf } from './measures';
import type { Sizes } from './sizes';

export class Drives {
  /** By arm, then by graph. */
  readonly matches = new Map<string, Map<number, Match>>();
  /** Time of what was measured for them, ms. */
  ms = 0;

  constructor(
    private readonly session: StudySession,
    private readonly sizes: Sizes,
    private readonly tell: (line: string) => void,
  ) {}

  /** The drive of an arm, or null for that of the balanced network; undefined where none was found. */
  async of(arm: Arm, graph: number): Promise<EtaPair | null | undefined> {
    if (!needsMatch(arm)) return null;
    const known = this.matches.get(armName(arm))?.get(graph) ?? (await this.match(arm, graph));
    return known.reached ? known.eta : undefined;
  }

  private async match(arm: Arm, graph: number): Promise<Match> {
    const respond = async (which: Arm, eta: EtaPair) => {
      const { measured, ms } = await this.session.record(
        'response',
        responseJob(which, graph, eta, this.sizes),
        responseOf,
      );
      this.ms += ms;
      return measured;
    };
    // Rounded, so that the drives of a report give the spikes of a report.
    const rounded = ([base, gain]: EtaPair): EtaPair => [round(base), round(gain)];
    const byGraph = this.matches.get(armName(arm)) ?? new Map<number, Match>();
    const match = await matchDrive({
      measure: (eta) => respond(arm, rounded(eta)),
      target: await respond(balanced, this.sizes.drive),
      start: byGraph.get(graph - 1)?.eta ?? startOf(arm, this.sizes.drive),
      tolerance: 0.01,
      highest: 20,
      budget: 24,
    });
    const found = { ...match, eta: rounded(match.eta) };
    const rate = `${found.response.rate.toFixed(1)} Hz, range ${found.response.range.toFixed(1)} Hz`;
    this.tell(
      `  ${armLabel(arm)}: eta ${found.eta.join(' + ')}, ${rate}, ${found.measurements} measurements${found.reached ? '' : `; not reached: ${found.reason}`}`,
    );
    this.matches.set(armName(arm), byGraph.set(graph, found));
    return found;
  }
}

const round = (value: number): number => Number(value.toFixed(4));

/** Where the search begins: drives fall with excitation and rise with inhibition. Found for 1 + 2 x. */
function startOf(arm: Arm, [base, gain]: EtaPair): EtaPair {
  if (arm.kind !== 'network') return [0.9 * base, gain];
  return [(0.68 + 0.21 * (arm.g - 3.5)) * base, ((1.7 + 0.2 * (arm.g - 3.5)) * gain) / 2];
}
