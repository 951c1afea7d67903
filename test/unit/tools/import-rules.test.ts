/** The rule that holds import directions must fire: a forbidden import is planted in a copy of the layout. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'spikeloom-imports-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** Lints the given files (path to text): which rules fired, by file. */
function lint(files: Readonly<Record<string, string>>): Map<string, string[]> {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "bundler" } }',
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const { stdout } = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', 'src', 'nodes'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout) as { summary: { totalCruised: number; violations: Violation[] } };
  // TypeScript 7 has no JavaScript API: dependency-cruiser then sees no module and passes everything.
  expect(report.summary.totalCruised).toBe(Object.keys(files).length);
  const fired = new Map<string, string[]>();
  for (const { from, rule } of report.summary.violations) fired.set(from, [...(fired.get(from) ?? []), rule.name]);
  return fired;
}

const empty = 'export const x = 1;\n';
const importing = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;

const planted = [
  ['core knows nothing of the graph', 'src/core/a.ts', 'src/graph/b.ts', 'src-core-imports'],
  ['the document knows nothing of the scheduler', 'src/document/a.ts', 'src/scheduler/run.ts', 'src-document-imports'],
  ['the canvas knows no kernel', 'src/canvas/a.ts', 'src/kernels/b.ts', 'src-canvas-imports'],
  ['a panel does not open the store', 'src/panels/a.ts', 'src/cache/store.ts', 'src-panels-imports'],
  ['a node schema loads no tensor code', 'nodes/model/a.ts', 'src/tensor/tf.ts', 'nodes-imports'],
  ['a compute file knows no scheduler', 'nodes/model/a.compute.ts', 'src/scheduler/run.ts', 'compute-files-import'],
  ['the graph does not know the catalogue', 'src/graph/a.ts', 'nodes/index.ts', 'catalogue-only-at-the-ends'],
] as const;

test('every planted import is refused by its rule, allowed ones pass, and a cycle is found', () => {
  const files: Record<string, string> = { 'src/core/allowed.ts': empty, 'src/kit/b.ts': importing('../core/allowed') };
  for (const [, from, to] of planted) {
    const up = '../'.repeat(from.split('/').length - 1);
    files[to] ??= empty;
    files[from] = importing(`${up}${to.replace(/\.ts$/, '')}`);
  }
  files['src/core/one.ts'] = importing('./two');
  files['src/core/two.ts'] = `import { y } from './one';\nexport const x = y;\n`;
  const fired = lint(files);
  for (const [title, from, , rule] of planted) expect(fired.get(from), title).toContain(rule);
  expect(fired.get('src/kit/b.ts')).toBeUndefined();
  expect(fired.get('src/core/one.ts')).toEqual(['no-cycles']);
}, 120_000);
