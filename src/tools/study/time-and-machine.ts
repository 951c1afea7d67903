/** The end of a report: what each part took, on which machine, and what there was no time for. */
import type { Machine } from './machine';
import { counted, table } from './markdown';

interface Took {
  /** Time of computing by part, ms. */
  readonly ms: ReadonlyMap<string, number>;
  readonly leftOut: ReadonlyMap<string, string>;
}

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;

export function timeAndMachine({ ms, leftOut }: Took, machine: Machine): string {
  const total = [...ms.values()].reduce((sum, part) => sum + part, 0);
  const parts = [...ms].filter(([, of]) => of > 0).map(([part, of]) => [part, minutes(of)]);
  const shared =
    machine.load > machine.cores
      ? ` It was shared: ${machine.load.toFixed(1)} processes wanted to run at a time when the report was written, so that the study alone would be faster.`
      : '';
  const versions = Object.entries(machine.versions).map(([what, version]) => `${what} ${version}`);
  const left =
    leftOut.size > 0
      ? `\n\n### Left out for time\n\n${[...leftOut].map(([part, done]) => `- ${part}: ${done}.`).join('\n')}`
      : '';
  return `### Time and machine

${table(['part', 'computing time'], [...parts, ['all', minutes(total)]])}

${counted(machine.cores, 'core')} (${machine.processor}), ${machine.memory} GB, ${counted(machine.threads, 'thread')} simulating, no graphics processor; ${versions.join(', ')}.${shared} Results are kept, so a part that shares spikes with an earlier one does not count them again, and each time is that of the run that computed the part, under the load of that hour.${left}`;
}
