/** Sections on the arms: all of them against the balanced one, and the curve over g. */
import { meanOf, sampleSd } from '../../../analysis/moments';
import { dash, fixed, interval, signed, table } from '../markdown';
import { type Arm, armLabel, armName, balanced, balancedG, curveArm, type Drive, mainArms } from './arms';
import { type ByGraph, compare, graphMeans, meanRate } from './compare';
import { curveFigure, differencesFigure, type NamedDifference } from './figures';
import { figureLink, type ReportInput, type Section } from './report-parts';

const ridgeOf = ({ results }: ReportInput, arm: Arm): ByGraph | undefined =>
  results.scores.get(`ridge/${armName(arm)}`);

/** Mean over graphs, and their standard deviation where there are several. */
function overGraphs(scores: ByGraph | undefined, metric: 'psnr' | 'ssim', digits: number): string {
  const means = graphMeans(scores, metric).map(({ mean }) => mean);
  if (means.length === 0) return dash;
  return means.length < 2
    ? fixed(means[0], digits)
    : `${fixed(meanOf(means), digits)} ± ${fixed(sampleSd(means), digits)}`;
}

export async function controlsSection(input: ReportInput): Promise<Section> {
  const rows: string[][] = [];
  const differences: NamedDifference[] = [];
  const own = ridgeOf(input, balanced);
  for (const arm of mainArms) {
    const scores = ridgeOf(input, arm);
    if (!scores) {
      rows.push([armLabel(arm), '0', dash, dash, dash, reasonMissing(input, arm)]);
      continue;
    }
    const difference = arm === balanced ? null : await compare(own, scores);
    rows.push([
      armLabel(arm),
      String(scores.size),
      fixed(meanRate(scores), 1),
      overGraphs(scores, 'psnr', 2),
      overGraphs(scores, 'ssim', 3),
      difference ? `${interval(difference)}${difference.equivalent ? ', within the margin' : ''}` : dash,
    ]);
    // Shuffled spikes and pixels lie so far off that they would hide the others.
    if (difference && arm.kind !== 'shuffled' && arm.kind !== 'pixels') {
      differences.push({ label: armLabel(arm), difference });
    }
  }
  return {
    text: `## Every arm against the balanced network

Ridge regression, lambda chosen on ${input.sizes.validation} validation digits; PSNR and SSIM as mean ± standard deviation over graphs. Differences
are paired over graphs and images: balanced less the arm, with 95 % interval.

${table(['arm', 'graphs', 'rate, Hz', 'PSNR, dB', 'SSIM', 'balanced less arm, dB'], rows)}

Shuffled stimuli leave nothing but the prior (the mean digit); pixels themselves are the ceiling of a linear decoder. The
Poisson copy has the mean and slope of every unit of the balanced network and independent spikes.

${differences.length > 0 ? figureLink('differences.svg', 'Difference of each arm to the balanced network, every graph a point') : ''}`,
    ...(differences.length > 0 ? { figures: { differences: differencesFigure(differences) } } : {}),
  };
}

function reasonMissing({ results }: ReportInput, arm: Arm): string {
  const match = [...(results.matches.get(armName(arm))?.values() ?? [])][0];
  return match && !match.reached ? `no drive matches: ${match.reason}` : 'not run';
}

export async function curveSection(input: ReportInput): Promise<Section> {
  const { sizes, results } = input;
  const rows: string[][] = [];
  const own = ridgeOf(input, balanced);
  for (const g of sizes.gs) {
    for (const drive of ['same', 'matched'] as const) {
      if (g === balancedG && drive === 'matched') continue;
      const arm = curveArm(g, drive);
      const scores = ridgeOf(input, arm);
      const tried = results.matches.get(armName(arm));
      if (!scores && !tried) continue;
      const difference = scores && g !== balancedG ? await compare(own, scores) : null;
      rows.push([
        String(g),
        drive === 'same' ? 'same' : `matched${driveOf(input, arm)}`,
        String(scores?.size ?? 0),
        fixed(meanRate(scores), 1),
        overGraphs(scores, 'psnr', 2),
        scores ? (difference ? interval(difference) : dash) : reasonMissing(input, arm),
      ]);
    }
  }
  return {
    text: `## The curve over g

${table(['g', 'drive', 'graphs', 'rate, Hz', 'PSNR, dB', 'g = 5 less this, dB'], rows)}

${figureLink('curve.svg', 'Decodability and rate over g, at the same and at a matched drive')}`,
    figures: { curve: curveFigure({ gs: sizes.gs, scores: (g, drive) => ridgeOf(input, curveArm(g, drive)) }) },
  };
}

/** Mean of the drives that were solved for. */
function driveOf({ results }: ReportInput, arm: Arm): string {
  const reached = [...(results.matches.get(armName(arm))?.values() ?? [])].filter((match) => match.reached);
  if (reached.length === 0) return '';
  const mean = (k: 0 | 1) => meanOf(reached.map(({ eta }) => eta[k])).toFixed(2);
  return ` (${mean(0)} + ${mean(1)} x)`;
}

/** Whether g changes what the network does and how well it can be decoded. */
export function balanceAnswer(input: ReportInput): string {
  const points = (drive: Drive) =>
    input.sizes.gs.flatMap((g) => {
      const scores = ridgeOf(input, curveArm(g, drive));
      const psnr = graphMeans(scores, 'psnr').map(({ mean }) => mean);
      return psnr.length > 0 ? [{ g, psnr: meanOf(psnr), rate: meanRate(scores) ?? Number.NaN }] : [];
    });
  const [same, matched] = [points('same'), points('matched')];
  const [first, last] = [same[0], same.at(-1)];
  if (!first || !last || first === last) return 'Too few values of g were run to tell.';
  const best = (of: typeof same) => of.reduce((a, b) => (b.psnr > a.psnr ? b : a));
  const rates = `At the same drive, raising g from ${first.g} to ${last.g} takes the rate from ${first.rate.toFixed(0)} to ${last.rate.toFixed(0)} Hz and the PSNR from ${first.psnr.toFixed(2)} to ${last.psnr.toFixed(2)} dB (best at g = ${best(same).g}).`;
  const [low, high] = [matched[0], matched.at(-1)];
  if (!low || !high || low === high) return `Yes. ${rates}`;
  const change = high.psnr - low.psnr;
  const after = `With rate and range matched, PSNR changes by ${signed(change, 2)} dB from g = ${low.g} to g = ${high.g} (best at g = ${best(matched).g}).`;
  return `Yes, as a state of the network: above about 4 inhibition dominates, rates fall and firing becomes irregular. ${rates} ${after}`;
}
