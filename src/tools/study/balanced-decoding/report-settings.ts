/** The last section: everything needed to repeat the study, and what was left out. */
import { counted, fixed, table } from '../markdown';
import { armLabel, armName, balancedG, curveArm, mainArms } from './arms';
import { margin } from './compare';
import type { ReportInput, Section } from './report-parts';

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;

export function settingsSection({ results, sizes, machine }: ReportInput): Section {
  const total = [...results.ms.values()].reduce((sum, ms) => sum + ms, 0);
  const parts = [...results.ms].filter(([, ms]) => ms > 0).map(([part, ms]) => [part, minutes(ms)]);
  const shared =
    machine.load > machine.cores
      ? ` It was shared: ${machine.load.toFixed(1)} processes wanted to run at a time when the report was written, so that the study alone would be faster.`
      : '';
  const left =
    results.leftOut.size > 0
      ? `\n\n### Left out for time\n\n${[...results.leftOut].map(([part, done]) => `- ${part}: ${done}.`).join('\n')}`
      : '';
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

### Time and machine

${table(['part', 'computing time'], [...parts, ['all', minutes(total)]])}

${counted(machine.cores, 'core')} (${machine.processor}), ${machine.memory} GB, ${counted(machine.threads, 'thread')} simulating, no graphics processor; ${Object.entries(
      machine.versions,
    )
      .map(([what, version]) => `${what} ${version}`)
      .join(
        ', ',
      )}.${shared} Results are kept, so a part that shares spikes with an earlier one does not count them again, and each time is that of the run that computed the part, under the load of that hour.${left}`,
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
    [...byGraph].map(([graph, { eta, response, ...match }]) => [
      names.get(name) ?? name,
      String(graph),
      `${eta[0]} + ${eta[1]} x`,
      fixed(response.rate, 1),
      fixed(response.range, 1),
      match.reached ? 'yes' : `no: ${match.reason}`,
    ]),
  );
  if (rows.length === 0) return 'None.';
  return `Rate and range are those on the digits of the matching; the target is g = ${balancedG} at 1 + 2 x with the same graph.

${table(['arm', 'graph', 'drive', 'rate, Hz', 'range, Hz', 'reached'], rows)}`;
}
