/** Entry of `npm run study -- NAME`: checks the flags, opens the session and hands over to the study. */
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { runBalancedDecoding } from './balanced-decoding/run';
import { sizesOf } from './balanced-decoding/sizes';
import { runBalancedElsewhere } from './balanced-elsewhere/run';
import { StudySession } from './session';

interface Flags {
  readonly quick: boolean;
  readonly miniature: boolean;
  readonly minutes?: number;
  readonly threads: number;
  readonly cache?: string;
  readonly records?: string;
  readonly out?: string;
  readonly assets: string;
}

const root = process.cwd();
const number = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is no positive number.`);
  return value;
};

const studies = new Map([
  ['balanced-decoding', runBalancedDecoding],
  ['balanced-elsewhere', runBalancedElsewhere],
]);

const program = new Command('study')
  .description('Runs a study headless and writes its report. A stopped study goes on where it was.')
  .argument('<name>', [...studies.keys()].join(', '))
  .option('--quick', 'few graphs and images: minutes', false)
  .addOption(new Option('--miniature', 'seconds; its numbers mean nothing').default(false).hideHelp())
  .option('--minutes <n>', 'start no more runs after so long, and report what there is', number)
  .option('--threads <n>', 'threads that simulate', number, 1)
  .option('--cache <dir>', 'folder of stored results')
  .option('--records <file>', 'what was measured; beside the report for a full run, else in the cache')
  .option('--out <dir>', 'where the report is written; docs/studies for a full run')
  .option('--assets <dir>', 'folder of prepared data sets', join(root, 'src/app/public/data'))
  .action(async (name: string, flags: Flags) => {
    const study = studies.get(name);
    if (!study) {
      process.stderr.write(`There is no study "${name}". There are: ${[...studies.keys()].join(', ')}.\n`);
      process.exitCode = 2;
      return;
    }
    const sizes = sizesOf(flags);
    const begun = Date.now();
    const tell = (line: string): void => {
      process.stderr.write(`${((Date.now() - begun) / 60_000).toFixed(1).padStart(6)} min  ${line}\n`);
    };
    const isFull = sizes.name === 'full';
    const out = resolve(flags.out ?? (isFull ? 'docs/studies' : `results/study-${sizes.name}`));
    const cache = resolve(flags.cache ?? '.cache/study');
    const session = await StudySession.open({
      root,
      cache,
      records: resolve(flags.records ?? join(isFull ? out : cache, name, 'records.ndjson')),
      assets: flags.assets,
      threads: flags.threads,
      deadline: flags.minutes ? begun + flags.minutes * 60_000 : Number.POSITIVE_INFINITY,
      poolEntry: new URL('./pool.js', import.meta.url),
      tell,
    });
    try {
      await study({ session, sizes, out, tell, threads: flags.threads });
    } finally {
      await session.close();
    }
  });

await program.parseAsync();
