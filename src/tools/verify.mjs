/**
 * `npm run verify [-- --graphs N] [--only TEXT]`: runs the shipped pipelines of the balanced network headless, as a user would, over
 * several graphs, and prints expected, measured and verdict. Slow parts (12,500 neurons) live here and not in the tests.
 * Exit code 1 when something is outside its tolerance.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './install.mjs';
import { brunel, constantInput, linearity, moving, presets, sparseness, states } from './verify-expected.mjs';

const argument = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : process.argv[at + 1];
};
const graphs = Number(argument('--graphs', '3'));
const only = argument('--only', '');
const cache = mkdtempSync(join(tmpdir(), 'spikeloom-verify-'));

/** The tables of a headless run. */
function tables(pipeline, settings) {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const args = ['src/tools/spikeloom.mjs', 'run', `pipelines/${pipeline}.json`, ...flags, '--cache', cache, '--json'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = [[], []];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => err.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve(JSON.parse(Buffer.concat(out).toString()).tables);
      reject(new Error(`${pipeline} ended with ${code}:\n${Buffer.concat(out)}${Buffer.concat(err)}`));
    });
  });
}

const rows = [];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const shown = (value) => (value === null || value === undefined ? '-' : Number(value.toPrecision(4)));

/** Notes whether the mean over graphs is within `tolerance` of `expected`; both in the unit of the quantity. */
function judge(what, quantity, expected, measured, tolerance) {
  if (expected === null) return;
  const found = measured.filter((value) => value !== null && value !== undefined);
  const value = found.length > 0 ? mean(found) : null;
  const ok = value !== null && Math.abs(value - expected) <= tolerance;
  rows.push({
    what,
    quantity,
    expected: shown(expected),
    measured: shown(value),
    'lowest..highest': found.length > 1 ? `${shown(Math.min(...found))}..${shown(Math.max(...found))}` : '-',
    tolerance: shown(tolerance),
    verdict: ok ? 'ok' : 'OUTSIDE',
  });
  process.stderr.write(`${what}, ${quantity}: expected ${shown(expected)}, measured ${shown(value)}\n`);
}

const wanted = (what) => what.includes(only);
const seeds = Array.from({ length: graphs }, (_, k) => k + 1);
const all = (table) => table.find((row) => row.population === 'all') ?? table[0];

/** Parameters of every preset of the encoder. */
async function encoderPresets() {
  const child = spawn(process.execPath, ['src/tools/spikeloom.mjs', 'nodes', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const { nodes } = JSON.parse(Buffer.concat(chunks).toString());
  const { presets: list } = nodes.find(({ type }) => type === 'encoder.balanced-snn');
  return Object.fromEntries(list.map(({ id, params }) => [id, params]));
}
const encoder = (params) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [`encoder.${name}`, value]));

async function regime(what, params, { rate, rateTolerance = 0.06 * rate, cv }) {
  if (!wanted(what)) return;
  const found = [];
  for (const seedNetwork of seeds) {
    const result = await tables('balanced-regimes', encoder({ ...params, seedNetwork, seedInput: seedNetwork }));
    found.push(all(result['statistics.table']));
  }
  const rates = found.map((row) => row.rate_Hz);
  judge(what, 'rate, Hz', rate, rates, rate === 0 ? 0.05 : rateTolerance);
  judge(
    what,
    'CV',
    cv,
    found.map((row) => row.cv_isi),
    0.08,
  );
}

try {
  const parameters = await encoderPresets();
  for (const { preset, ...expected } of presets) await regime(preset, parameters[preset], expected);
  for (const { g, eta, multapses = false, ...expected } of brunel) {
    await regime(
      `Brunel 2000, g = ${g}, eta = ${eta}${multapses ? ', repeats' : ''}`,
      { ...parameters.brunel_ai, inhExcRatio: g, externalDrive: eta, multapses },
      expected,
    );
  }
  for (const { what, params, ...expected } of [...constantInput, ...sparseness]) await regime(what, params, expected);
  for (const { preset, all: overall, fromOne } of linearity) {
    const what = `${preset}, straight line`;
    if (!wanted(what)) continue;
    const fits = [];
    for (const seedNetwork of seeds) {
      const result = await tables('balanced-linearity', encoder({ ...parameters[preset], seedNetwork }));
      fits.push(result['linearity.fit'][0]);
    }
    judge(
      what,
      'R2, eta 0..4',
      overall,
      fits.map((fit) => fit.r2_all),
      0.01,
    );
    judge(
      what,
      'R2, eta 1..4',
      fromOne,
      fits.map((fit) => fit.r2_above_1),
      0.01,
    );
  }
  if (wanted('moving drives')) {
    const { 'tracking.table': ramps } = await tables('balanced-tracking', {});
    judge('moving drives', 'R2 of the ramp', moving.rampR2, [ramps[0].r2], 0.03);
    const { 'response.table': steps } = await tables('balanced-step', {});
    judge('moving drives', 't63, ms', moving.t63, [steps[0].t63_ms], 1);
    const [low, high] = moving.overshoot;
    judge('moving drives', 'overshoot', (low + high) / 2, [steps[0].overshoot], (high - low) / 2);
  }
  if (wanted('three states')) {
    const result = await tables('balanced-three-states', {});
    for (const { state, verdict, ramp } of states) {
      const what = `three states, ${state}`;
      judge(what, 'R2 of the ramp', ramp, [result[`${state}Tracking.table`][0].r2], 0.03);
      const said = result[`${state}Verdict.table`].find(({ test }) => test === 'verdict').result;
      const ok = verdict.test(said);
      rows.push({
        what,
        quantity: 'verdict',
        expected: String(verdict),
        measured: said,
        verdict: ok ? 'ok' : 'OUTSIDE',
      });
    }
  }
} finally {
  rmSync(cache, { recursive: true, force: true });
}
console.table(rows);
const outside = rows.filter(({ verdict }) => verdict !== 'ok').length;
console.log(`${rows.length - outside} of ${rows.length} within tolerance, mean of ${graphs} graphs each.`);
process.exitCode = outside > 0 ? 1 : 0;
