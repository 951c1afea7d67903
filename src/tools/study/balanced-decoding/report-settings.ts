/** The last section: everything needed to repeat the study, and what was left out. */
import { fixed, table } from '../markdown';
import type { Match } from '../match-drive';
import { timeAndMachine } from '../time-and-machine';
import { armLabel, armName, balancedG, curveArm, mainArms } from './arms';
import { margin } from './compare';
import type { ReportInput, Section } from './report-parts';

export function settingsSection({ results, sizes, machine }: ReportInput): Section {
  return {
    text: `## Settings

- Images: the first digits of each MNIST file, ${sizes.train.toLocaleString('en-US')} for training, ${sizes.validation} for choosing lambda and for the loss curves, ${sizes.test} of the test file for scores, shared by all graphs.
- Encoder: encoder.balanced-snn, 1,024 excitatory and 256 inhibitory neurons, connection probability 0.1, J = 0.4 mV, 250 ms of which 50 ms are left out, spikes of all neurons counted over 200 ms unless said otherwise. A graph k has the seeds k for wiring, input and start in every arm, so that arms share what they can share. No recurrence: connection probability 0.
- Matching: on ${sizes.matchImages} training digits, Broyden's method to 1 % in mean rate and in range (mean rate at pixels of 0.75 and more less that at 0.25 and less).
- Ridge: inputs centred and scaled alike (one scale for all neurons), lambda by validation error, two steps a decade. With z-scores instead, neurons that see only darkness count as much as the others; what that costs is a row of the section on readouts.
- Trained decoders: as in pipelines/mnist-balanced-vs-unbalanced.json, ...-vae.json and cifar10-balanced-vs-unbalanced.json, Adam from the same seed in every arm.
- Differences: mean over graphs of the mean over images; hierarchical bootstrap over graphs and shared images (2,000 resamples) and the t interval over graphs, of which the wider end counts; equivalence at ${margin} dB by the 90 % interval. With one graph an interval is over images alone and says nothing of other networks.
- Scores: PSNR with a peak of 1, SSIM with 11 × 11 Gaussian windows.

### Drives that were solved for

${drives(results)}

${timeAndMachine(results, machine)}`,
  };
}

function drives(results: ReportInput['results']): string {
  const names = new Map(
    [...mainArms, ...[2, 3, 3.5, 4, 4.5, 6, 8].map((g) => curveArm(g, 'matched'))].map((arm) => [
      armName(arm),
      armLabel(arm),
    ]),
  );
  const rows = [...results.matches].flatMap(([name, byGraph]) =>
    [...byGraph].map(([graph, match]) => [names.get(name) ?? name, ...matchCells(graph, match)]),
  );
  if (rows.length === 0) return 'None.';
  return `Rate and range are those on the digits of the matching; the target is g = ${balancedG} at 1 + 2 x with the same graph.

${table(['arm', ...matchHeads], rows)}`;
}

export const matchHeads = ['graph', 'drive', 'rate, Hz', 'range, Hz', 'reached'] as const;

export const matchCells = (graph: number, match: Match): string[] => [
  String(graph),
  `${match.eta[0]} + ${match.eta[1]} x`,
  fixed(match.response.rate, 1),
  fixed(match.response.range, 1),
  match.reached ? 'yes' : `no: ${match.reason}`,
];
