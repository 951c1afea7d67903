/** Entry of `npm run study -- NAME`: checks the flags, opens the session and hands over to the study. */
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { runBalancedDecoding } from './balanced-decoding/run';
import { sizesOf } from './balanced-decoding/sizes';
import { StudySession } from './session';

interface Flags {
  readonly quick: boolean;
  readonly miniature: boolean;
  readonly minutes?: number;
  readonly threads: number;
  readonly cache?: string;
  readonly out?: string;
  readonly assets: string;
}

const root = process.cwd();
const number = (text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`"${text}" is no positive number.`);
  return value;
};

const program = new Command('study')
  .description('Runs a study headless and writes its report. A stopped study goes on where it was.')
  .argument('<name>', 'balanced-decoding')
  .option('--quick', 'few graphs and images: minutes', false)
  .addOption(new Option('--miniature', 'seconds; its numbers mean nothing').default(false).hideHelp())
  .option('--minutes <n>', 'start no more runs after so long, and report what there is', number)
  .option('--threads <n>', 'threads that simulate', number, 1)
  .option('--cache <dir>', 'folder of stored results and records')
  .option('--out <dir>', 'where the report is written; docs/studies for a full run')
  .option('--assets <dir>', 'folder of prepared data sets', join(root, 'src/app/public/data'))
  .action(async (name: string, flags: Flags) => {
    if (name !== 'balanced-decoding') {
      process.stderr.write(`There is no study "${name}": balanced-decoding.\n`);
      process.exitCode = 2;
      return;
    }
    const sizes = sizesOf(flags);
    const begun = Date.now();
    const tell = (line: string): void => {
      process.stderr.write(`${((Date.now() - begun) / 60_000).toFixed(1).padStart(6)} min  ${line}\n`);
    };
    const session = await StudySession.open({
      root,
      cache: resolve(flags.cache ?? '.cache/study'),
      assets: flags.assets,
      threads: flags.threads,
      deadline: flags.minutes ? begun + flags.minutes * 60_000 : Number.POSITIVE_INFINITY,
      poolEntry: new URL('./pool.js', import.meta.url),
      tell,
    });
    try {
      const out = flags.out ?? (sizes.name === 'full' ? 'docs/studies' : `results/study-${sizes.name}`);
      await runBalancedDecoding({ session, sizes, out: resolve(out), tell, threads: flags.threads });
    } finally {
      await session.close();
    }
  });

await program.parseAsync();
