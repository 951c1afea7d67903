/**
 * `npm run verify [-- --graphs N] [--only TEXT]`: runs the shipped pipelines of the balanced network headless, as a user would, over
 * several graphs, and prints expected, measured and verdict. Slow parts (12,500 neurons) live here and not in the tests. With
 * everything of it, docs/verify.md is written anew. Exit code 1 when something is outside its tolerance.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './install.mjs';
import {
  brunel,
  constantInput,
  linearity,
  presets,
  ramp,
  sparseness,
  states,
  step,
  tolerances,
  withRepeats,
} from './verify-expected.mjs';
import { verifyPage } from './verify-page.mjs';

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

function note(row, isOk) {
  rows.push({ ...row, verdict: isOk ? 'ok' : 'OUTSIDE' });
  process.stderr.write(`${row.what}, ${row.quantity}: expected ${row.expected}, measured ${row.measured}\n`);
}

/** Notes whether the mean over graphs is within `tolerance` of `expected`; both in the unit of the quantity. */
function judge(what, quantity, expected, measured, tolerance) {
  if (expected === null || expected === undefined) return;
  const found = measured.filter((value) => value !== null && value !== undefined);
  const value = found.length > 0 ? mean(found) : null;
  const row = {
    what,
    quantity,
    expected: shown(expected),
    measured: shown(value),
    'lowest..highest': found.length > 1 ? `${shown(Math.min(...found))}..${shown(Math.max(...found))}` : '-',
    tolerance: shown(tolerance),
  };
  note(row, value !== null && Math.abs(value - expected) <= tolerance);
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

/** Tables of the pipeline for every graph. */
async function overGraphs(pipeline, settingsOf) {
  const found = [];
  for (const seed of seeds) found.push(await tables(pipeline, settingsOf(seed)));
  return found;
}

async function regime(what, params, { rate, rateTolerance = tolerances.rate * rate, cv, ei, large = false }) {
  if (!wanted(what)) return;
  const found = await overGraphs('balanced-regimes', (seed) =>
    encoder({ ...params, seedNetwork: seed, seedInput: seed }),
  );
  const column = (name) => found.map((result) => all(result['statistics.table'])[name]);
  judge(what, 'rate, Hz', rate, column('rate_Hz'), rate === 0 ? 0.05 : rateTolerance);
  judge(what, 'CV', cv, column('cv_isi'), large ? tolerances.cvLarge : tolerances.cv);
  judge(what, 'E/I correlation', ei, column('ei_correlation'), tolerances.eiCorrelation);
}

async function straightLine(what, params, { all: overall, fromOne }) {
  if (!wanted(what)) return;
  const found = await overGraphs('balanced-linearity', (seedNetwork) => encoder({ ...params, seedNetwork }));
  const column = (name) => found.map((result) => result['linearity.fit'][0][name]);
  judge(what, 'R2, eta 0..4', overall, column('r2_all'), tolerances.r2);
  judge(what, 'R2, eta 1..4', fromOne, column('r2_above_1'), tolerances.r2);
}

async function movingDrives(parameters) {
  const rampOf = `${ramp.preset}, ramp`;
  if (wanted(rampOf)) {
    const found = await overGraphs('balanced-tracking', (seedNetwork) =>
      encoder({ ...parameters[ramp.preset], seedNetwork }),
    );
    const measured = found.map((result) => result['tracking.table'][0].r2);
    judge(rampOf, 'R2 of the ramp', ramp.r2, measured, tolerances.rampR2);
  }
  for (const preset of step.presets) {
    const what = `${preset}, step`;
    if (!wanted(what)) continue;
    const found = await overGraphs('balanced-step', (seedNetwork) => encoder({ ...parameters[preset], seedNetwork }));
    const column = (name) => found.map((result) => result['response.table'][0][name]);
    judge(what, 't63, ms', step.t63, column('t63_ms'), tolerances.t63);
    const [low, high] = step.overshoot;
    judge(what, 'overshoot', (low + high) / 2, column('overshoot'), (high - low) / 2);
  }
}

async function threeStates() {
  if (!wanted('three states')) return;
  const found = await overGraphs('balanced-three-states', (seed) =>
    Object.fromEntries(states.map(({ state }) => [`${state}.seedNetwork`, seed])),
  );
  for (const { state, verdict, ramp: expected } of states) {
    const what = `three states, ${state}`;
    const measured = found.map((result) => result[`${state}Tracking.table`][0].r2);
    judge(what, 'R2 of the ramp', expected, measured, tolerances.rampR2);
    const said = found.map((result) => result[`${state}Verdict.table`].find(({ test }) => test === 'verdict').result);
    note(
      { what, quantity: 'verdict', expected: String(verdict), measured: [...new Set(said)].join('; ') },
      said.every((each) => verdict.test(each)),
    );
  }
}

try {
  const parameters = await encoderPresets();
  for (const { preset, ...expected } of presets) await regime(preset, parameters[preset], expected);
  for (const { preset, ...expected } of withRepeats) {
    await regime(`${preset}, repeats`, { ...parameters[preset], multapses: true }, expected);
  }
  for (const { g, eta, multapses = false, ...expected } of brunel) {
    await regime(
      `Brunel 2000, g = ${g}, eta = ${eta}${multapses ? ', repeats' : ''}`,
      { ...parameters.brunel_ai, inhExcRatio: g, externalDrive: eta, multapses },
      { ...expected, large: true },
    );
  }
  for (const { what, params, ...expected } of [...constantInput, ...sparseness]) await regime(what, params, expected);
  for (const { preset, ...expected } of linearity) {
    await straightLine(`${preset}, straight line`, parameters[preset], expected);
  }
  await movingDrives(parameters);
  await threeStates();
} finally {
  rmSync(cache, { recursive: true, force: true });
}
console.table(rows);
const outside = rows.filter(({ verdict }) => verdict !== 'ok').length;
console.log(`${rows.length - outside} of ${rows.length} within tolerance, mean of ${graphs} graphs each.`);
if (only === '') writeFileSync(join(root, 'docs/verify.md'), verifyPage(rows, graphs, tolerances));
process.exitCode = outside > 0 ? 1 : 0;
