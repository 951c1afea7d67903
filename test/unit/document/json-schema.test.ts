import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pipelineJsonSchema } from '../../../src/document/json-schema';

describe('docs/pipeline.schema.json', () => {
  it('is up to date: run "node src/tools/write-schema.mjs" after a change of the schema', () => {
    const file = new URL('../../../docs/pipeline.schema.json', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(pipelineJsonSchema());
  });

  it('requires what a pipeline needs and allows what it does not know', () => {
    const schema = JSON.parse(pipelineJsonSchema());
    expect(schema.required).toEqual(['schema', 'title', 'nodes', 'wires']);
    expect(schema.additionalProperties).toEqual({});
    expect(schema.properties.nodes.items.required).toEqual(['id', 'type', 'v', 'params']);
  });
});
