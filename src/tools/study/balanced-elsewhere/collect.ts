/** Runs the parts of the study in the order in which they matter and gathers the records. */
import {
  type Arm,
  armName,
  balanced,
  balancedG,
  curveArm,
  type Drive,
  informationJob,
  ridgeJob,
} from '../balanced-decoding/arms';
import type { ByGraph } from '../balanced-decoding/compare';
import { Drives } from '../balanced-decoding/drives';
import { largest } from '../balanced-decoding/large';
import { type Information, informationOf, type Scores, scoresOf } from '../balanced-decoding/measures';
import type { Sizes } from '../balanced-decoding/sizes';
import type { Match } from '../match-drive';
import { type PartOf, Parts, put } from '../parts';
import type { StudySession } from '../session';
import { type Place, placesOf } from './places';
import { type State, stateJob, stateOf } from './states';

export interface Results {
  readonly places: readonly Place[];
  /** By place and arm ("small/g5-same") or variant ("largest-mlp"), then by graph. */
  readonly scores: ReadonlyMap<string, ByGraph>;
  /** By arm, then by graph. */
  readonly information: ReadonlyMap<string, ReadonlyMap<number, Information>>;
  /** By g, then by graph. */
  readonly states: ReadonlyMap<string, ReadonlyMap<number, State>>;
  /** By place, then by arm, then by graph. */
  readonly matches: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<number, Match>>>;
  readonly ms: ReadonlyMap<string, number>;
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Graphs of the verdict and of information for each g. */
const graphsOverG = 3;
const largestPart = 'largest set';

export async function collect(session: StudySession, sizes: Sizes, tell: (line: string) => void): Promise<Results> {
  const places = placesOf(sizes);
  const drives = new Map(places.map((place) => [place.name, new Drives(session, place.sizes, tell)]));
  const scores = new Map<string, Map<number, Scores>>();
  const information = new Map<string, Map<number, Information>>();
  const states = new Map<string, Map<number, State>>();
  const graphsOfG = sizes.name === 'miniature' ? 1 : graphsOverG;

  const score = async (name: string, graph: number, job: Parameters<StudySession['record']>[1], spikes: boolean) => {
    const { measured, ms } = await session.record('scores', job, (read) => scoresOf(read, 'balanced', spikes));
    put(scores, name, graph, measured);
    const mean = measured.psnr.reduce((sum, value) => sum + value, 0) / measured.psnr.length;
    tell(`  ${name}: ${mean.toFixed(2)} dB${measured.rate === null ? '' : `, ${measured.rate.toFixed(1)} Hz`}`);
    return ms;
  };
  const ofPlace = (place: Place): PartOf => ({
    graphs: place.graphs,
    once: async (graph) => {
      let ms = 0;
      for (const arm of place.arms) {
        const eta = await drives.get(place.name)?.of(arm, graph);
        if (eta === undefined) continue;
        const { job } = ridgeJob(arm, graph, eta, place.sizes);
        ms += await score(`${place.name}/${armName(arm)}`, graph, job, true);
      }
      return ms;
    },
  });
  const overG: PartOf = {
    graphs: graphsOfG,
    once: async (graph) => {
      let ms = 0;
      for (const arm of armsOverG(sizes)) {
        const eta = await drives.get('main')?.of(arm, graph);
        if (eta === undefined) continue;
        const { branch, job } = informationJob(arm, graph, eta, sizes);
        const record = await session.record('information', job, (read) => informationOf(read, branch));
        put(information, armName(arm), graph, record.measured);
        ms += record.ms;
      }
      return ms;
    },
  };
  const stateOverG: PartOf = {
    graphs: graphsOfG,
    once: async (graph) => {
      let ms = 0;
      for (const g of sizes.gs) {
        const { measured, ms: own } = await session.record('state', stateJob(g, graph, sizes), stateOf);
        put(states, String(g), graph, measured);
        tell(`  g = ${g}: ${measured.failed.length === 0 ? 'balanced' : `fails ${measured.failed.join(', ')}`}`);
        ms += own;
      }
      return ms;
    },
  };
  const largestSet: PartOf = {
    graphs: sizes.largest.graphs,
    once: async (graph) => {
      let ms = 0;
      for (const { name, job } of largest(sizes, graph)) ms += await score(name, graph, job, false);
      return ms;
    },
  };

  const parts = new Map<string, PartOf>([
    ...places.map((place) => [place.label, ofPlace(place)] as const),
    ['verdicts over g', stateOverG],
    ['information over g', overG],
    [largestPart, largestSet],
  ]);
  const run = new Parts(Object.fromEntries(parts), tell);
  // A little of everything first; the largest set takes an hour, for one network.
  const soon = [...parts.keys()].filter((part) => part !== largestPart);
  await run.run(soon.map((part) => [part, 1]));
  await run.run(soon.map((part) => [part, Number.POSITIVE_INFINITY]));
  await run.run([[largestPart, Number.POSITIVE_INFINITY]]);
  const matching = [...drives.values()].reduce((sum, { ms }) => sum + ms, 0);
  return {
    places,
    scores,
    information,
    states,
    matches: new Map([...drives].map(([name, { matches }]) => [name, matches])),
    ms: new Map([...run.ms, ['matching of drives', matching]]),
    leftOut: run.leftOut,
  };
}

/** The balanced network first, then every other g at the same drive and with the drive matched. */
export function armsOverG({ gs }: Sizes): Arm[] {
  const others = gs.filter((g) => g !== balancedG);
  const along = (drive: Drive) => others.map((g) => curveArm(g, drive));
  return [balanced, ...along('same'), ...along('matched')];
}
