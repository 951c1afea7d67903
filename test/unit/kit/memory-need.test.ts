import { describe, expect, it } from 'vitest';
import { bytesOfType, cureWithin, needOfValues, overBudget } from '../../../src/kit/memory-need';
import { axis } from '../../../src/kit/port-type';

const images = (item: number | null) => ({
  kind: 'images' as const,
  axes: [axis('item', item), axis('height', 28), axis('width', 28), axis('channel', 1)],
  unit: '1',
});
const table = { kind: 'table' as const, axes: [], unit: '1' };

describe('the memory of values', () => {
  it('is four bytes a number where every size is known, and none where only a run can tell', () => {
    expect(bytesOfType(images(1000))).toBe(4 * 1000 * 784);
    expect(bytesOfType(images(null))).toBe(0);
    expect(bytesOfType(table)).toBe(0);
    expect(bytesOfType({ kind: 'spikes', axes: [axis('item', 10), axis('unit', 10)], unit: '1' })).toBe(0);
  });

  it('is what a node reads and gives, in a sentence; nothing is said of a node of tables', () => {
    const machine = { workers: 1 };
    const need = needOfValues(
      { inputs: { a: [images(1000), images(500)] }, outputs: { b: [images(500)] } },
      {},
      machine,
    );
    expect(need?.bytes).toBe(4 * 2000 * 784);
    expect(need?.message).toContain('4.7 MB that it reads, 1.57 MB that it gives');
    expect(needOfValues({ inputs: { a: [table] }, outputs: {} }, {}, machine)).toBeNull();
  });
});

describe('the budget', () => {
  const need = { bytes: 2e9, message: 'Much.', param: 'size', cure: 'Make it smaller.' };

  it('is kept at exactly its bytes, and beyond them says what, where and what to do', () => {
    expect(overBudget(need, 2e9)).toBeNull();
    expect(overBudget(need, 2e9 - 1)).toEqual({
      code: 'memory.budget',
      message: 'Much.',
      param: 'size',
      found: '2 GB',
      expected: 'at most 2 GB',
      cure: 'Make it smaller. Or raise the budget for a run, in Settings or with --budget.',
    });
  });

  it('is named in a cure only where raising it helps', () => {
    expect(cureWithin('Fewer.', 1e9, 4e9)).toBe('Fewer.');
    expect(cureWithin('Fewer.', 1e9, 5e8)).toContain('raise the budget');
  });
});
