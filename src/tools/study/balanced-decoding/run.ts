/** The study from the first run to the report. */
import { describeMachine } from '../machine';
import type { StudySession } from '../session';
import { armName, balanced, sameDrive, trainedJob } from './arms';
import { Collector, type Results } from './collect';
import { drawExamples, type ExampleRow } from './examples';
import { cifarJob, largeImages } from './large';
import { writeReport } from './report';
import type { Sizes } from './sizes';

export interface StudyRequest {
  readonly session: StudySession;
  readonly sizes: Sizes;
  /** Folder of the report. */
  readonly out: string;
  readonly tell: (line: string) => void;
  readonly threads: number;
}

export async function runBalancedDecoding(request: StudyRequest): Promise<void> {
  const { session, sizes, tell, threads, out } = request;
  const results = await new Collector(session, sizes, tell).collect();
  const examples = await drawExamples(session, exampleRows(results, sizes));
  const machine = describeMachine(threads, session.versions);
  tell(`written: ${await writeReport(out, { results, sizes, machine, examples })}`);
}

/** The first graph of every trained decoder of the published comparison that was run. */
function exampleRows(results: Results, sizes: Sizes): ExampleRow[] {
  const rows: ExampleRow[] = [];
  for (const [decoder, words] of [
    ['ridge-unet', 'ridge + U-Net'],
    ['unet', 'MLP + U-Net'],
    ['vae', 'MLP + VAE'],
    ['cifar', 'CIFAR-10, MLP + U-Net'],
  ] as const) {
    for (const [arm, network] of [
      [balanced, 'g = 5'],
      [sameDrive, 'g = 3.5'],
    ] as const) {
      const name = decoder === 'cifar' ? `cifar/${armName(arm)}` : `large-${decoder}/${armName(arm)}`;
      if (!results.scores.get(name)?.has(1)) continue;
      const job =
        decoder === 'cifar' ? cifarJob(arm, 1, sizes) : trainedJob(decoder, arm, 1, null, sizes, largeImages(sizes));
      rows.push({ label: `${words}, ${network}`, job });
    }
  }
  return rows;
}
