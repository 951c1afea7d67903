/** The form of a run's record, for records that come from outside: an archive, a picture. */
import { z } from '../core/zod';

const recordOf = <T extends z.ZodType>(value: T) => z.record(z.string(), value);
const jsonObject = recordOf(z.json());
export const runSchema = z.object({
  id: z.string().min(1),
  documentId: z.string(),
  documentHash: z.string(),
  title: z.string().optional(),
  text: z.string().optional(),
  started: z.number(),
  ms: z.number(),
  outcome: z.enum(['succeeded', 'failed', 'cancelled']),
  backend: jsonObject.nullable(),
  seeds: recordOf(z.number()),
  nodes: recordOf(jsonObject),
  metrics: recordOf(z.json()),
  versions: recordOf(z.string()),
});
