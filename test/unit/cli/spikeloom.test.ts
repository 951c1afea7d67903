/** The headless runner as users call it: exit codes, the JSON object, files of --out, stored results, and refusals in words. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

// Each call starts a process.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'spikeloom-cli-'));
const pipeline = join(root, 'pipelines/mnist-balanced-unet.json');
const cache = join(folder, 'cache');

function spikeloom(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(root, 'src/tools/spikeloom.mjs'), ...args], { cwd: root, encoding: 'utf8' });
}

/** Small enough for seconds: 40 digits, 60 ms each, two epochs. */
const small = [
  'images.trainCount=32',
  'images.testCount=8',
  'encoder.duration=60',
  'encoder.discard=10',
  'train.epochs=2',
  'train.warmUpEpochs=1',
].flatMap((setting) => ['--set', setting]);
const run = (...args: string[]) => spikeloom('run', pipeline, ...small, '--cache', cache, '--json', ...args);

interface Report {
  readonly status: string;
  readonly backend: string;
  readonly nodes: Record<string, { type: string; state: string; reason: string; ms: number; error?: { code: string } }>;
  readonly tables: Record<string, Record<string, unknown>[]>;
}
const report = ({ stdout }: SpawnSyncReturns<string>) => JSON.parse(stdout) as Report;
const states = (of: Report) => Object.fromEntries(Object.entries(of.nodes).map(([id, { state }]) => [id, state]));

beforeAll(() => {
  // The first call builds the runner when its sources are newer.
  expect(spikeloom('--version').status).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('run', () => {
  test('gives the same spikes, byte for byte, with 1, 2 and 4 threads', () => {
    const spikesWith = (threads: string): Buffer => {
      const out = join(folder, `threads-${threads}`);
      const flags = ['--only', 'encoder', '--save', 'encoder.spikes', '--threads', threads, '--no-cache', '--out', out];
      expect(spikeloom('run', pipeline, ...small, ...flags, '--json').status).toBe(0);
      return readFileSync(join(out, 'encoder.spikes.npz'));
    };
    const one = spikesWith('1');
    expect(one.byteLength).toBeGreaterThan(10_000);
    expect(spikesWith('2').equals(one)).toBe(true);
    expect(spikesWith('4').equals(one)).toBe(true);
    expect(run('--threads', '0').status).toBe(2);
  });

  test('runs a pipeline, reports it and writes files that other tools read; again it executes nothing', () => {
    const out = join(folder, 'out');
    const first = run(
      '--out',
      out,
      '--save',
      'encoder.spikes',
      '--save',
      'readout.features',
      '--save',
      'predict.images',
    );
    expect(first.stderr).toContain('train: done');
    expect(first.status).toBe(0);
    const told = report(first);
    expect(told.status).toBe('succeeded');
    expect(told.backend).toBe('wasm');
    expect(new Set(Object.values(states(told)))).toEqual(new Set(['executed']));
    const rows = told.tables['quality.summary'] ?? [];
    expect(rows.map((row) => row['metric'])).toEqual(['psnr', 'ssim', 'mse', 'test loss']);
    for (const column of ['metric', 'unit', 'mean', 'median', 'min', 'max', 'sd', 'n', 'baseline'])
      expect(rows[0]).toHaveProperty(column);
    expect(told.tables['quality.items']).toHaveLength(8);
    for (const file of [
      'quality.summary.csv',
      'quality.summary.json',
      'quality.items.csv',
      'encoder.spikes.npz',
      'readout.features.npy',
    ]) {
      expect(existsSync(join(out, file)), file).toBe(true);
    }
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as Record<string, unknown>;
    expect(record).toMatchObject({
      status: 'succeeded',
      seeds: { 'encoder.seedNetwork': 1, 'train.seed': 1 },
      backend: { name: 'wasm' },
      versions: {
        spikeloom: expect.stringMatching(/^\d/),
        node: process.version,
        tfjs: expect.stringMatching(/^4\./),
        'tfjs-backend-wasm': expect.stringMatching(/^4\./),
        'tfjs-backend-webgpu': expect.stringMatching(/^4\./),
        numericModes: [expect.any(String), expect.stringMatching(/^wasm simd; tfjs 4\./)],
      },
      notices: [],
    });
    expect(record['documentHash']).toMatch(/^[0-9a-f]{32}$/);

    const again = report(run());
    expect(Object.values(states(again)).filter((state) => state === 'executed')).toEqual([]);
    expect(again.tables).toEqual(told.tables);

    const changed = report(run('--set', 'quality.window=uniform'));
    expect(
      Object.entries(states(changed))
        .filter(([, state]) => state === 'executed')
        .map(([id]) => id),
    ).toEqual(['quality']);
    expect(changed.nodes['quality']?.reason).toContain('window');
  }, 180_000);

  test('runs up to one node with --only, and lists the others as skipped with the reason', () => {
    const told = report(run('--only', 'readout'));
    const taken = Object.entries(told.nodes).filter(([, { state }]) => state !== 'skipped');
    expect(taken.map(([id]) => id).sort()).toEqual(['encoder', 'images', 'readout']);
    expect(Object.keys(told.nodes)).toHaveLength(8);
    expect(told.nodes['train']).toMatchObject({ type: 'learn.train', state: 'skipped', ms: 0 });
    expect(told.nodes['train']?.reason).toContain('--only readout');
  }, 60_000);

  test('exits with 1 when a node fails, and says which', () => {
    const failed = spikeloom(
      'run',
      pipeline,
      ...small,
      '--no-cache',
      '--json',
      '--only',
      'images',
      '--assets',
      join(folder, 'nowhere'),
    );
    expect(failed.status).toBe(1);
    const told = report(failed);
    expect(told.status).toBe('failed');
    expect(told.nodes['images']).toMatchObject({ state: 'failed', error: { kind: 'data' } });
    expect(failed.stderr).toContain('npm run datasets');
  }, 60_000);
});

describe('a mistake exits with 2, tells the place and the cure, and shows no stack', () => {
  const refused = (result: SpawnSyncReturns<string>, ...words: string[]) => {
    expect(result.status).toBe(2);
    for (const word of words) expect(result.stderr).toContain(word);
    expect(result.stderr).not.toMatch(/^\s+at /m);
  };
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const original = readFileSync(pipeline, 'utf8');

  test('no such file', () => refused(spikeloom('run', 'nowhere.json'), 'nowhere.json'));
  test('truncated JSON, with line and column', () => {
    refused(spikeloom('run', file('cut.json', original.slice(0, 700))), 'cut.json', 'line');
  });
  test('a parameter out of range, with the range', () => {
    refused(spikeloom('run', pipeline, '--set', 'encoder.inhExcRatio=99'), 'encoder', 'inhExcRatio', '99', '20');
  });
  test('a parameter that is no number', () =>
    refused(spikeloom('run', pipeline, '--set', 'encoder.inhExcRatio=much'), 'inhExcRatio'));
  test('a setting of an unknown node or parameter, with the known ones', () => {
    refused(spikeloom('run', pipeline, '--set', 'coder.g=1'), 'coder', 'encoder');
    refused(spikeloom('run', pipeline, '--set', 'encoder.g=1'), 'encoder.balanced-snn', 'inhExcRatio');
    refused(spikeloom('run', pipeline, '--set', 'nonsense'), 'node.parameter=value');
  });
  test('unknown flags, nodes and ports', () => {
    refused(spikeloom('run', pipeline, '--fast'), '--fast');
    refused(spikeloom('run', pipeline, '--only', 'nobody'), 'nobody', 'encoder');
    refused(spikeloom('run', pipeline, '--save', 'encoder.rates'), 'encoder.spikes');
    refused(spikeloom('run', pipeline, '--backend', 'cuda'), 'cuda', 'wasm');
  });
  test('flags that commander refuses, as an object too when --json asks for one', () => {
    const told = (...args: string[]) => {
      const result = spikeloom(...args);
      expect(result.status).toBe(2);
      return JSON.parse(result.stdout) as { status: string; problems: { code: string; message: string }[] };
    };
    expect(told('run', pipeline, '--fast', '--json')).toEqual({
      status: 'invalid',
      problems: [{ code: 'flag.commander.unknownOption', message: expect.stringContaining("'--fast'") }],
    });
    expect(told('run', '--json').problems[0]?.code).toBe('flag.commander.missingArgument');
    expect(told('validate', '--json').problems[0]?.message).toContain('file');
    expect(told('run', pipeline, '--backend', 'cuda', '--json').problems[0]?.message).toContain('wasm');
    expect(told('dance', '--json').problems[0]?.message).toContain('dance');
    expect(spikeloom('run', '--help', '--json').status).toBe(0);
  });
  test('a forced backend that this machine does not have', () => {
    refused(spikeloom('run', pipeline, ...small, '--no-cache', '--backend', 'webgpu'), 'webgpu', 'auto');
  });
  test('an unknown node type, a wire of the wrong kind and a cycle', () => {
    refused(
      spikeloom('validate', file('type.json', original.replace('encoder.balanced-snn', 'encoder.future'))),
      'encoder.future',
    );
    const wrong = original.replace(
      '{ "node": "readout", "port": "spikes" }',
      '{ "node": "quality", "port": "reference" }',
    );
    refused(spikeloom('validate', file('kind.json', wrong)), 'quality');
    const cyclic = original.replace(
      /("to": \{ "node": "encoder", "port": "drive" \})/,
      '$1 },\n    { "id": "back", "from": { "node": "predict", "port": "images" }, "to": { "node": "encoder", "port": "drive" }',
    );
    refused(spikeloom('validate', file('cycle.json', cyclic)), 'loop');
  });
});

test('the catalogue is listed with ports and parameter schemas', () => {
  const { nodes } = JSON.parse(spikeloom('nodes', '--json').stdout) as {
    nodes: { type: string; outputs: object; params: { properties: object } }[];
  };
  const encoder = nodes.find(({ type }) => type === 'encoder.balanced-snn');
  expect(encoder?.outputs).toHaveProperty('spikes');
  expect(encoder?.params.properties).toHaveProperty('inhExcRatio');
  expect(spikeloom('validate', pipeline).status).toBe(0);
}, 60_000);

test('a form of the page is no matter of a run; an entry that leads nowhere is told', () => {
  const form = [
    { node: 'encoder', param: 'inhExcRatio' },
    { node: 'decoder/mlp', param: 'hiddenUnits' },
  ];
  const text = JSON.stringify({ ...JSON.parse(readFileSync(pipeline, 'utf8')), ui: { form } });
  const file = join(folder, 'form.json');
  writeFileSync(file, text);
  const { status, stdout } = spikeloom('validate', file);
  expect(status).toBe(0);
  expect(stdout).toContain('On the form: There is no node "decoder/mlp".');
  expect(stdout).not.toContain('"inhExcRatio"');
}, 60_000);
