/** docs/verify.md: what `npm run verify` found, without dates, so that it changes only where a result does. */
import { availableParallelism, cpus } from 'node:os';
import { remarks } from './verify-expected.mjs';

/** A cell of a Markdown table: no mark in it ends the cell. */
const cell = (value) => String(value ?? '').replaceAll('|', '\\|');
const code = (pattern) => (/^\/.*\/$/.test(String(pattern)) ? `\`${pattern}\`` : pattern);

function table(rows) {
  const head = ['network', 'quantity', 'expected', 'measured', 'graphs', 'tolerance', 'verdict'];
  const lines = rows.map((row) =>
    [
      row.what,
      row.quantity,
      code(row.expected),
      row.measured,
      row['lowest..highest']?.replace('..', ' to '),
      row.tolerance,
      row.verdict,
    ].map(cell),
  );
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** `rows` as verify.mjs notes them; `graphs`: how many each mean is over. */
export function verifyPage(rows, graphs, { rate, cv, cvLarge, eiCorrelation, r2, t63, rampR2 }) {
  const outside = rows.filter(({ verdict }) => verdict !== 'ok');
  const processor = cpus()[0]?.model.trim() || 'an unnamed processor';
  return `# The balanced network against its references

Written by \`npm run verify\`: the shipped pipelines, headless, each over ${graphs} graphs. What is expected and where it comes from is in
\`src/tools/verify-expected.mjs\`: values of an independent C simulation of the same update rule (Brunel 2000, model A), with other
random numbers; "repeats": a neuron may draw the same source twice. Measured is the mean over the graphs, then the least and the most of them.

Tolerances: rate ${100 * rate} % (1.5 Hz at g = 4.5, where the references differ), CV ${cv} up to 5,000 neurons and ${cvLarge} above, R2 of the straight
line ${r2}, time to 63 % ${t63} ms. For the E/I correlation (${eiCorrelation}) and the R2 of the ramp (${rampR2}) the references give none; these are ours.

Machine: ${availableParallelism()} cores (${processor}), node ${process.version}. The same seeds give the same spikes on any machine.

**${rows.length - outside.length} of ${rows.length} within tolerance.**${outside.length > 0 ? ' Outside:' : ''}
${outside.map(({ what, quantity }) => `\n- ${what}: ${quantity}. ${remarks[`${what}: ${quantity}`] ?? ''}`.trimEnd()).join('')}

${table(rows)}
`;
}
