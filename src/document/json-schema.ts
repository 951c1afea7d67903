/** The document schema as JSON Schema (draft 2020-12), published as docs/pipeline.schema.json for other tools. */
import { z } from '../core/zod';
import { pipelineSchema } from './schema';

/** Text of the file, with its final newline. */
export function pipelineJsonSchema(): string {
  const schema = z.toJSONSchema(pipelineSchema, { target: 'draft-2020-12', io: 'input' });
  const titled = {
    title: 'Spikeloom pipeline',
    description:
      'A saved Spikeloom pipeline, schema version 1. Fields that are not named here are kept. What nodes and parameters there are is listed by "spikeloom nodes --json".',
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
