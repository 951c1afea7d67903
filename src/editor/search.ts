/**
 * Fuzzy search over short lists (node types, pipelines, commands). A query word matches a text where its letters occur
 * in order; whole words, word starts and unbroken runs score higher. Every word of the query must match somewhere.
 */

export interface Searchable {
  /** Shown name; matches here count most. */
  readonly title: string;
  /** Other words that people use for it. */
  readonly keywords: readonly string[];
}

/** 0 when `word` is not a subsequence of `text`, else 1 and up to 100. Both in lower case. */
export function scoreWord(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at >= 0) {
    const startsWord = at === 0 || !/[a-z0-9]/.test(text.charAt(at - 1));
    if (text === word) return 100;
    return (startsWord ? 80 : 50) + (10 * word.length) / text.length;
  }
  if (word.length < 3) return 0;
  // Letters in order, but close together: three times the length of the word at most.
  let position = -1;
  let first = -1;
  for (const letter of word) {
    position = text.indexOf(letter, position + 1);
    if (position < 0) return 0;
    if (first < 0) first = position;
  }
  const span = position - first + 1;
  return span <= 3 * word.length ? 1 + (20 * word.length) / span : 0;
}

export function score(query: string, item: Searchable): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  let total = 0;
  for (const word of words) {
    const title = 2 * scoreWord(word, item.title.toLowerCase());
    const keyword = Math.max(0, ...item.keywords.map((text) => scoreWord(word, text.toLowerCase())));
    const best = Math.max(title, keyword);
    if (best === 0) return 0;
    total += best;
  }
  return total;
}

/** Matching items, best first; all of them in their own order for an empty query. */
export function search<T>(query: string, items: readonly T[], textsOf: (item: T) => Searchable): readonly T[] {
  if (query.trim() === '') return items;
  return items
    .map((item, place) => ({ item, place, points: score(query, textsOf(item)) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .map(({ item }) => item);
}
