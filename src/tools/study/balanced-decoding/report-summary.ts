/** The head of the report: the questions, and what the numbers answer. */
import { counted } from '../markdown';
import { armName, balanced, type mainArms, matchedDrive, sameDrive, uncoupledMatched } from './arms';
import { compare } from './compare';
import { balanceAnswer } from './report-arms';
import { ladderRows } from './report-decoders';
import type { ReportInput, Section } from './report-parts';
import { betterReadBy, readingsAnswer } from './report-readings';
import { conclusion, ladderAnswer } from './words';

export async function summarySection(input: ReportInput): Promise<Section> {
  const { results, sizes } = input;
  const ridge = (arm: (typeof mainArms)[number]) => results.scores.get(`ridge/${armName(arm)}`);
  const against = (arm: (typeof mainArms)[number]) => compare(ridge(balanced), ridge(arm));
  const answers = {
    same: await against(sameDrive),
    matched: await against(matchedDrive),
    uncoupledMatched: await against(uncoupledMatched),
    poisson: await against({ kind: 'poisson' }),
    betterReadBy: await betterReadBy(input),
  };
  const graphs = ridge(balanced)?.size ?? 0;
  const decoders = await ladderRows(input);
  const reading = await readingsAnswer(input);
  const quick =
    sizes.name === 'full'
      ? ''
      : `\n\n> This is the ${sizes.name} study: few graphs and images. Its numbers show that it runs, not what is true.`;
  return {
    text: `# Does a balanced network encode images better?

Written by \`npm run study -- balanced-decoding\`; do not edit by hand.${quick}

Handwritten digits drive networks of excitatory and inhibitory neurons; decoders turn the spikes back into images that are
scored on held-out digits. The report that this study repeats found a balanced network (g = 5) about 0.9 dB better than an
unbalanced one (g = 3.5) at the same drive. At the same drive the two differ in rate and range as well, so here the drive of
every other network is also solved for that gives it the mean rate and the dark-to-bright range of the balanced one.

## Answer

${conclusion(answers)
  .map((line) => `- ${line}`)
  .join('\n')}

Decoder: ridge regression, ${sizes.train.toLocaleString('en-US')} training digits, ${counted(sizes.test, 'held-out digit')}, ${counted(graphs, 'graph')}. The equivalence margin of 0.3 dB was fixed beforehand.

**Does g influence the balance?** ${balanceAnswer(input)}

**Does the power of the decoder make the difference trivial?** ${ladderAnswer(decoders)}${reading === '' ? '' : `\n\n${reading}`}`,
  };
}
