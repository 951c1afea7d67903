/** Entry of the headless runner. Flags are checked here; what each command does is in its own file. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { catalogue } from '../../nodes';
import { version } from '../../package.json';
import { describeFailure, type ErrorDetails, SpikeloomError } from '../core/errors';
import { EXIT, UsageError } from './exit';
import { nodesCommand } from './nodes-command';
import { type Installation, type RunFlags, runCommand, validateCommand } from './run-command';

const installation: Installation = { catalogue, version, poolEntry: new URL('./pool.js', import.meta.url) };

const gather = (value: string, earlier: readonly string[]): string[] => [...earlier, value];
const nonEmpty = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return value;
};

const wholeNumber = (value: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1 to 999.');
  return Number(value);
};

const megabytes = (value: string): number => {
  if (!/^[1-9]\d{1,6}$/.test(value))
    throw new InvalidArgumentError('It must be a whole number of MB from 10 to 9999999.');
  return Number(value);
};

function program(finish: (code: number) => void): Command {
  const root = new Command('spikeloom')
    .description('Neural encoding and decoding pipelines, headless.')
    .version(version);
  root.exitOverride();
  root
    .command('run')
    .description('run a pipeline file')
    .argument('<file>', 'pipeline JSON', nonEmpty)
    .option('--set <node.param=value>', 'set a parameter; may be repeated', gather, [])
    .option('--only <node>', 'run up to this node')
    .option('--save <node.port>', 'write this output too; may be repeated', gather, [])
    .option('--assets <dir>', 'folder of prepared data sets', 'src/app/public/data')
    .addOption(
      new Option('--backend <name>', 'tensor backend').choices(['auto', 'webgpu', 'wasm', 'cpu']).default('auto'),
    )
    .option('--out <dir>', 'write outputs and run.json here')
    .option('--cache <dir>', 'folder of stored results', '.cache/spikeloom')
    .option('--no-cache', 'keep no results')
    .option('--threads <n>', 'threads that simulate; one fewer than cores by default', wholeNumber)
    .option('--budget <MB>', 'memory that a node may take while it computes; 4000 by default', megabytes)
    .option('--json', 'print one JSON object on stdout', false)
    .exitOverride()
    .action(async (file: string, flags: RunFlags) => finish(await runCommand(file, flags, installation)));
  root
    .command('nodes')
    .description('list the node catalogue')
    .option('--json', 'with ports and parameter schemas', false)
    .exitOverride()
    .action((flags: { json: boolean }) => {
      nodesCommand(catalogue, flags.json);
      finish(EXIT.done);
    });
  root
    .command('validate')
    .description('check a pipeline file')
    .argument('<file>', 'pipeline JSON', nonEmpty)
    .option('--json', 'print one JSON object on stdout', false)
    .exitOverride()
    .action(async (file: string, flags: { json: boolean }) => finish(await validateCommand(file, flags, installation)));
  return root;
}

/** With `--json`, stdout is one object whatever happens. */
function printProblems(problems: readonly ErrorDetails[]): void {
  if (!process.argv.includes('--json')) return;
  process.stdout.write(`${JSON.stringify({ status: 'invalid', problems })}\n`);
}

function fail(thrown: unknown): number {
  if (thrown instanceof CommanderError) {
    // Help and version end this way too.
    if (thrown.exitCode === 0) return EXIT.done;
    // Commander has written its words to stderr already.
    printProblems([{ code: `flag.${thrown.code}`, message: thrown.message.replace(/^error: /, '') }]);
    return EXIT.invalid;
  }
  if (thrown instanceof UsageError) {
    for (const line of thrown.lines()) process.stderr.write(`${line}\n`);
    printProblems(thrown.all);
    return EXIT.invalid;
  }
  if (thrown instanceof SpikeloomError) {
    process.stderr.write(`${describeFailure(thrown.details)}\n`);
    printProblems([thrown.details]);
    return EXIT.invalid;
  }
  throw thrown;
}

let code: number = EXIT.done;
try {
  await program((result) => {
    code = result;
  }).parseAsync();
} catch (thrown) {
  code = fail(thrown);
}
process.exitCode = code;
