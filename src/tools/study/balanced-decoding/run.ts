/** The study from the first run to the report. */
import type { StudySession } from '../session';
import { Collector } from './collect';
import type { Sizes } from './sizes';

export interface StudyRequest {
  readonly session: StudySession;
  readonly sizes: Sizes;
  /** Folder of the report. */
  readonly out: string;
  readonly deadline: number;
  readonly tell: (line: string) => void;
  readonly threads: number;
}

export async function runBalancedDecoding({ session, sizes, deadline, tell }: StudyRequest): Promise<void> {
  await new Collector(session, sizes, tell, deadline).collect();
}
