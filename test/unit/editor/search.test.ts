import { describe, expect, it } from 'vitest';
import { score, scoreWord, search } from '../../../src/editor/search';

const items = [
  { title: 'Images', keywords: ['source', 'mnist', 'digits'] },
  { title: 'Balanced spiking network', keywords: ['encoder', 'lif', 'E/I'] },
  { title: 'Poisson encoder', keywords: ['encoder', 'baseline'] },
  { title: 'Image quality', keywords: ['psnr', 'ssim', 'metric'] },
];
const find = (query: string) => search(query, items, (item) => item).map(({ title }) => title);

describe('fuzzy search', () => {
  it('gives everything in order for an empty query', () => {
    expect(find('  ')).toEqual(items.map(({ title }) => title));
  });

  it('puts a match of the title before one of a keyword', () => {
    expect(find('encoder')).toEqual(['Poisson encoder', 'Balanced spiking network']);
    expect(find('images')[0]).toBe('Images');
  });

  it('finds words by keyword, by part and with letters left out', () => {
    expect(find('psnr')).toEqual(['Image quality']);
    expect(find('spik')).toEqual(['Balanced spiking network']);
    expect(find('psson')).toEqual(['Poisson encoder']);
  });

  it('wants every word of the query', () => {
    expect(find('image psnr')).toEqual(['Image quality']);
    expect(find('image zebra')).toEqual([]);
  });

  it('does not scatter a short word over a long text', () => {
    expect(scoreWord('bt', 'balanced spiking network')).toBe(0);
    expect(scoreWord('bkt', 'balanced spiking network')).toBe(0);
    expect(score('xyz', { title: 'Images', keywords: [] })).toBe(0);
  });
});
