/**
 * The live examples of the help, through the whole catalogue: each is there, compiles without a finding, and gives in Node,
 * within the time that a reader waits, every output that it promises, with numbers in it.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../../../nodes';
import { examples } from '../../../../nodes/examples';
import { controlKey, exampleDocument } from '../../../../src/editor/examples/example-document';
import { compile } from '../../../../src/graph/compile';
import { checkDocument } from '../../../../src/graph/infer';
import type { NodeExample } from '../../../../src/kit/node-example';
import { paramMeta } from '../../../../src/kit/params';
import { tfjsRuntime } from '../../../../src/scheduler/tfjs-runtime';
import { numbersIn } from '../../../support/numbers-in';
import { runWhole } from '../../../support/whole-engine';

/** No example takes more, ms of processor time: by the wall clock, what else the machine does would be measured. */
const limit = 5000;

const given = Object.entries(examples).filter((entry): entry is [string, NodeExample] => !('none' in entry[1]));

beforeAll(() => tfjsRuntime.start('wasm', null));

describe('the catalogue', () => {
  it('has an example for every node, and none for what is no node', () => {
    expect(Object.keys(examples).sort()).toEqual([...catalogue.keys()].sort());
  });

  it('goes without one only where a file of the person is needed, and says so', () => {
    const without = Object.entries(examples).flatMap(([type, example]) => ('none' in example ? [type] : []));
    expect(without).toEqual(['source.model']);
  });
});

describe.each(given)('%s', (type, example) => {
  const document = exampleDocument(example, catalogue);

  it('is about its node, whose parameters can be changed within their ranges', () => {
    expect(document.nodes.find(({ id }) => id === example.node)?.type).toBe(type);
    expect(example.see.split(/\.\s/)).toHaveLength(1);
    expect(example.controls.length).toBeGreaterThan(0);
    expect(example.controls.length).toBeLessThanOrEqual(2);
    expect(new Set(example.controls.map((control) => controlKey(example, control))).size).toBe(example.controls.length);
    const hasOwn = Object.keys(catalogue.get(type)?.params ?? {}).length > 0;
    expect(example.controls.some(({ node = example.node }) => node === example.node)).toBe(hasOwn);
    for (const { node: id = example.node, param, range } of example.controls) {
      const node = document.nodes.find((each) => each.id === id);
      const schema = catalogue.get(node?.type ?? '')?.params[param];
      expect(schema, `${id}.${param}`).toBeDefined();
      if (!schema || !range) continue;
      const { min = 0, max = 0 } = paramMeta(schema);
      const value = schema.parse(node?.params[param]) as number;
      expect(range[0]).toBeGreaterThanOrEqual(min);
      expect(range[1]).toBeLessThanOrEqual(max);
      expect(value).toBeGreaterThanOrEqual(range[0]);
      expect(value).toBeLessThanOrEqual(range[1]);
    }
  });

  it('compiles without a finding, needs every one of its nodes, and runs', async () => {
    expect(checkDocument(document, catalogue)).toEqual([]);
    const plan = await compile(document, catalogue);
    expect(plan.steps.map(({ node }) => node).sort()).toEqual(document.nodes.map(({ id }) => id).sort());
    const before = process.cpuUsage();
    const { outcome, failures, keyOf, engine } = await runWhole(type, plan);
    const { user, system } = process.cpuUsage(before);
    expect(failures).toEqual([]);
    expect(outcome).toBe('succeeded');
    expect(example.shown.length).toBeGreaterThan(0);
    for (const shown of example.shown) {
      const [node = '', port = ''] = shown.split('.');
      const key = keyOf(node);
      const value = key && (await engine.value(key, port));
      expect(value, shown).toBeTruthy();
      if (!value || !key) continue;
      const { finite, all, distinct } = await numbersIn(value);
      expect(all, shown).toBeGreaterThan(0);
      expect(finite / all, `${shown}: share of finite numbers`).toBeGreaterThanOrEqual(
        value.kind === 'table' ? 0.5 : 1,
      );
      expect(distinct, shown).toBeGreaterThan(1);
      expect((await engine.preview({ key, port }))?.kind, shown).toBe(
        value.kind === 'features' ? 'matrix' : value.kind,
      );
    }
    const ms = (user + system) / 1000;
    if (process.env['SPIKELOOM_SHOW_TIMES']) console.log(`${type}: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(limit);
  });
});
