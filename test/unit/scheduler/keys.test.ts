import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeId } from '../../../src/core/ids';
import { explainChange, type KeyParts } from '../../../src/scheduler/keys';
import { type PlannerDeps, planRun } from '../../../src/scheduler/planner';
import type { PlanStep, RunPlan } from '../../../src/scheduler/protocol';
import { at, catalogue } from './toy';

const deps: PlannerDeps = {
  catalogue,
  modes: { tensor: 'toy', simulation: 'toy', earlier: [] },
  isStored: async () => false,
  lastParts: async () => null,
  anyway: new Set(),
};

const keysOf = async (plan: RunPlan) => {
  const planned = await planRun(plan, deps);
  return (node: NodeId) => planned.get(node)?.keyed?.key;
};

/** A chain of random length with random parameters, under given names. */
function chain(values: readonly number[], name: (i: number) => string): RunPlan {
  const steps: PlanStep[] = [
    {
      node: at(name(0)),
      type: 'toy.constant',
      version: 1,
      params: { value: values[0] ?? 0, note: '', seed: 1 },
      inputs: {},
    },
  ];
  for (let i = 1; i < values.length; i++) {
    const source = [{ node: at(name(i - 1)), port: 'table' }];
    const other = [{ node: at(name(0)), port: 'table' }];
    steps.push({
      node: at(name(i)),
      type: 'toy.add',
      version: 1,
      params: { offset: values[i] ?? 0 },
      inputs: { a: source, b: other },
    });
  }
  return { documentHash: '', steps, targets: [at(name(values.length - 1))] };
}

const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 8 });

describe('keys', () => {
  test('do not depend on node names, port order or parameter order', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.string({ minLength: 1, maxLength: 5 }), async (list, prefix) => {
        const plain = await keysOf(chain(list, (i) => `n${i}`));
        const renamed = chain(list, (i) => `${prefix}-${list.length - i}`);
        const shuffled = {
          ...renamed,
          steps: renamed.steps.map((step) => ({
            ...step,
            params: Object.fromEntries(Object.entries(step.params).reverse()),
            inputs: Object.fromEntries(Object.entries(step.inputs).reverse()),
          })),
        };
        const other = await keysOf(shuffled);
        for (let i = 0; i < list.length; i++)
          expect(other(at(`${prefix}-${list.length - i}`))).toBe(plain(at(`n${i}`)));
      }),
    );
  });

  test('change with any parameter upstream, and only downstream of it', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.nat(), async (list, where) => {
        const k = where % list.length;
        const name = (i: number) => `n${i}`;
        const before = await keysOf(chain(list, name));
        const after = await keysOf(
          chain(
            list.map((value, i) => (i === k ? value + 0.5 : value)),
            name,
          ),
        );
        for (let i = 0; i < list.length; i++) expect(after(at(name(i))) === before(at(name(i)))).toBe(i < k);
      }),
    );
  });
});

describe('the reason of a re-run', () => {
  const parts = (change: Partial<KeyParts> = {}): KeyParts => ({
    type: 'toy.add',
    version: 1,
    params: { g: 5, p: 0.1 },
    numeric: 'wasm',
    inputs: { a: ['k/table'] },
    ...change,
  });
  test.each([
    [null, parts(), 'never run'],
    [parts(), parts({ params: { g: 3.5, p: 0.1 } }), 'parameter g (5 to 3.5) changed'],
    [parts(), parts({ params: { g: 3.5, p: 0.2 } }), 'parameters g (5 to 3.5), p (0.1 to 0.2) changed'],
    [parts(), parts({ inputs: { a: ['other/table'] } }), 'input a changed'],
    [parts(), parts({ version: 2 }), "the node's version changed (1 to 2)"],
    [parts(), parts({ numeric: 'cpu' }), 'the backend changed (wasm to cpu)'],
    [parts(), parts(), 'its stored result was evicted, damaged or incomplete'],
  ])('case %#', (before, now, reason) => {
    expect(explainChange(before, now)).toBe(reason);
  });
});
