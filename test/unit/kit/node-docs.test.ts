import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalogue } from '../../../nodes';
import { nodeDocs } from '../../../src/kit/node-docs';
import { paramMeta } from '../../../src/kit/params';

test('docs/nodes.md is what the definitions say (npm run docs writes it)', () => {
  expect(readFileSync(new URL('../../../docs/nodes.md', import.meta.url), 'utf8')).toBe(nodeDocs(catalogue));
});

test.each([...catalogue.values()].map((node) => [node.type, node] as const))('%s is documented', (_type, node) => {
  expect(node.docs.summary).toMatch(/\.$/);
  expect(node.docs.description.length).toBeGreaterThan(0);
  for (const [name, schema] of Object.entries(node.params)) {
    const meta = paramMeta(schema);
    expect(meta.label, name).not.toBe('');
    expect(meta.help, name).toMatch(/\.$/);
    expect(schema.safeParse(undefined).success, `${name} has a default within its range`).toBe(true);
  }
  for (const preset of node.presets ?? []) {
    for (const [name, value] of Object.entries(preset.params)) {
      expect(node.params[name]?.safeParse(value).success, `${preset.id}.${name}`).toBe(true);
    }
  }
});
