/** What a search of the library finds: titles and folders first, then what is in the documents. */
import { describe, expect, it } from 'vitest';
import { chooseDocuments, documentWords } from '../../../../src/editor/keeping/folders';
import type { DocumentHead } from '../../../../src/library/library';
import { pipeline } from '../../../support/document-samples';
import { testCatalogue } from '../../../support/test-catalogue';

const head = (id: string, title: string, folder = ''): DocumentHead => ({
  id,
  title,
  folder,
  created: 0,
  updated: 0,
  discarded: null,
});
const heads = [head('a', 'Scaled digits', 'Study/Balanced'), head('b', 'Plain'), head('c', 'Replay')];
const scaled = {
  ...pipeline({ one: { type: 'test.constant' }, two: { type: 'test.scale' }, more: { type: 'test.scale' } }),
};
const words = new Map([
  ['a', documentWords({ ...scaled, description: 'Rates, for the seminar.' }, testCatalogue)],
  [
    'b',
    documentWords({ ...pipeline({ one: { type: 'future.replay' } }), description: 'A replay of it.' }, testCatalogue),
  ],
]);
const found = (query: string, folder: string | null = null) =>
  chooseDocuments(heads, folder, query, (id) => words.get(id) ?? []).map(({ id }) => id);

describe('a search of the library', () => {
  it('knows each type once, by id and by title, and types that nobody knows by id', () => {
    expect(words.get('a')?.filter((word) => word === 'test.scale')).toHaveLength(1);
    expect(words.get('a')).toContain(testCatalogue.get('test.scale')?.title);
    expect(words.get('b')).toContain('future.replay');
  });

  it('finds descriptions, nodes and folders, several words in any of them, and what was not read yet by its title', () => {
    expect(found('seminar')).toEqual(['a']);
    expect(found('test.scale')).toEqual(['a']);
    expect(found('balanced seminar scale')).toEqual(['a']);
    expect(found('future')).toEqual(['b']);
    expect(found('seminar future')).toEqual([]);
    // A title counts more than a description.
    expect(found('replay')).toEqual(['c', 'b']);
  });

  it('stays in the chosen folder', () => {
    expect(found('seminar', 'Study')).toEqual(['a']);
    expect(found('replay', 'Study')).toEqual([]);
  });
});
