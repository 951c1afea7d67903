/** Section on the verdicts: which networks are in the balanced state, by g. */
import { meanOf } from '../../../analysis/moments';
import { listed } from '../balanced-decoding/words';
import { counted, fixed, table } from '../markdown';
import type { Results } from './collect';

/** The tests of analysis.balance, in its order, with the digits of their values. */
const tests = [
  { id: 'a', label: 'rate at η = 2, Hz', digits: 1 },
  { id: 'b', label: 'R² of the line', digits: 3 },
  { id: 'c', label: 'drive margin', digits: 2 },
  { id: 'd', label: 'CV', digits: 2 },
  { id: 'e', label: 'R² of the ramp', digits: 3 },
] as const;

export function statesSection({ states }: Pick<Results, 'states'>): { answer: string; text: string } | null {
  const rows: string[][] = [];
  const inBalance: string[] = [];
  const out: string[] = [];
  for (const [g, byGraph] of states) {
    const graphs = [...byGraph.values()];
    const passing = graphs.filter(({ failed }) => failed.length === 0).length;
    const failed = [...new Set(graphs.flatMap((state) => state.failed))];
    if (passing === graphs.length) inBalance.push(g);
    if (passing === 0) out.push(g);
    const mean = (id: string) => {
      const known = graphs.flatMap(({ values }) => values[id] ?? []);
      return known.length > 0 ? meanOf(known) : null;
    };
    rows.push([
      g,
      String(graphs.length),
      ...tests.map(({ id, digits }) => fixed(mean(id), digits)),
      `${passing} of ${graphs.length}`,
      failed.length > 0 ? listed(failed) : '-',
    ]);
  }
  if (rows.length === 0) return null;
  const graphs = Math.min(...[...states.values()].map(({ size }) => size));
  const said = [
    ...(inBalance.length > 0 ? [`balanced at g = ${listed(inBalance)} in every graph`] : []),
    ...(out.length > 0 ? [`not balanced at g = ${listed(out)} in any`] : []),
  ];
  const mixed = said.length > 0 ? said.join(', ') : 'balanced in some graphs and not in others at every g';
  return {
    answer: `The balance node (analysis.balance) calls the network ${mixed} (${counted(graphs, 'graph')}).`,
    text: `## Which networks are balanced

The balanced branch of pipelines/balanced-three-states.json (1,250 neurons, J = 0.4 mV) with other g: means over graphs of what
the tests of analysis.balance measure, how many graphs pass all of them, and the tests that any graph fails.

${table(['g', 'graphs', ...tests.map(({ label }) => label), 'balanced', 'failed'], rows)}`,
  };
}
