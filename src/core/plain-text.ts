/**
 * Text from outside (file names, keys, titles) as it may stand in a sentence of ours: no characters that turn the rest of
 * the line around or hide in it, and no more of it than a reader wants. Writing in any script stays as it is.
 */

/** Controls but for tab and line feed; embeddings, overrides and isolates of direction; signs that have no width. */
const hidden = /(?![\t\n])[\p{Cc}\u00ad\u061c\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** A sign stands where a hidden character was, so that two names that look alike do not become the same. */
export const plainText = (text: string): string => text.replace(hidden, '\ufffd');

/** The same, cut to `most` characters, the last of them an ellipsis. */
export function shortText(text: string, most: number): string {
  // Cut before it is searched: it may have millions of characters.
  const plain = plainText(text.slice(0, most + 1));
  return plain.length <= most ? plain : `${plain.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
