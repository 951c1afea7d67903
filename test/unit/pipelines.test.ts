/** Every file of pipelines/ opens, has no problem and compiles with the catalogue; its wires and positions are whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../nodes';
import { parsePipeline } from '../../src/document/parse-pipeline';
import { compile } from '../../src/graph/compile';
import { checkDocument } from '../../src/graph/infer';

const folder = new URL('../../pipelines/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('shipped pipelines', () => {
  it('are there', () => {
    for (const name of [
      'regimes',
      'linearity',
      'tracking',
      'step',
      'three-states',
      'sparseness',
      'constant-input',
      'regime-map',
    ]) {
      expect(files).toContain(`balanced-${name}.json`);
    }
  });

  it.each(files)('%s opens and compiles without a problem', async (file) => {
    const { document, remarks } = parsePipeline(readFileSync(new URL(file, folder), 'utf8'));
    expect(remarks).toEqual([]);
    expect(document.id).toBe(file.replace(/\.json$/, ''));
    expect(document.description?.length).toBeGreaterThan(40);
    expect(checkDocument(document, catalogue)).toEqual([]);
    // Older nodes would be migrated on opening, which the page tells first.
    for (const { type, v } of document.nodes) expect([type, v]).toEqual([type, catalogue.get(type)?.version]);
    const plan = await compile(document, catalogue);
    expect(plan.steps).toHaveLength(document.nodes.length);
    const positions = (document.ui as { positions?: Record<string, unknown> } | undefined)?.positions ?? {};
    expect(Object.keys(positions).sort()).toEqual(document.nodes.map(({ id }) => id).sort());
  });
});
