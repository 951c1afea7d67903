/** The study from the first run to the report. */
import type { StudyRequest } from '../balanced-decoding/run';
import { describeMachine } from '../machine';
import { collect } from './collect';
import { writeReport } from './report';

export async function runBalancedElsewhere({ session, sizes, out, tell, threads }: StudyRequest): Promise<void> {
  const results = await collect(session, sizes, tell);
  const machine = describeMachine(threads, session.versions);
  tell(`written: ${await writeReport(out, { results, sizes, machine })}`);
}
