/** The documents of the library by folder and by search. Pure. */
import type { PipelineDocument } from '../../document/schema';
import { definitionsOf } from '../../document/subgraphs';
import type { Catalogue } from '../../kit/define-node';
import type { DocumentHead } from '../../library/library';
import { search } from '../search';

/** Null: everything. Otherwise a folder, with what is in folders below it; "" is for what is in none. */
export type FolderChoice = string | null;

export interface FolderEntry {
  readonly folder: string;
  /** The last part of it. */
  readonly name: string;
  readonly depth: number;
  /** Documents in it and below it. */
  readonly count: number;
}

const isWithin = (folder: string, parent: string): boolean => folder === parent || folder.startsWith(`${parent}/`);

/** Every folder that holds a document, and those above it, in the order of names. */
export function foldersOf(heads: readonly DocumentHead[]): readonly FolderEntry[] {
  const folders = new Set<string>();
  for (const { folder } of heads) {
    const parts = folder.split('/').filter(Boolean);
    for (const end of parts.keys()) folders.add(parts.slice(0, end + 1).join('/'));
  }
  return [...folders]
    .sort((a, b) => a.localeCompare(b))
    .map((folder) => ({
      folder,
      name: folder.slice(folder.lastIndexOf('/') + 1),
      depth: folder.split('/').length - 1,
      count: heads.filter((head) => isWithin(head.folder, folder)).length,
    }));
}

/** What a document is found by besides its title and folder: its description, and the nodes in it and in its subgraphs. */
export function documentWords(document: PipelineDocument, catalogue: Catalogue): readonly string[] {
  const nodes = [...document.nodes, ...[...definitionsOf(document).byId.values()].flatMap((inner) => inner.nodes)];
  const types = [...new Set(nodes.map(({ type }) => type))];
  return [
    // Word by word: letters scattered over sentences are no match.
    ...(document.description ?? '').split(/\s+/).filter(Boolean),
    ...types.flatMap((type) => [type, catalogue.get(type)?.title ?? '']).filter(Boolean),
  ];
}

/**
 * A search looks everywhere within the chosen folder, by title, folder and `wordsOf`, best first; without one, latest first.
 */
export function chooseDocuments(
  heads: readonly DocumentHead[],
  choice: FolderChoice,
  query: string,
  wordsOf: (id: string) => readonly string[] = () => [],
): readonly DocumentHead[] {
  const within = heads.filter(
    ({ folder }) => choice === null || (choice === '' ? folder === '' : isWithin(folder, choice)),
  );
  return search(query, within, ({ id, title, folder }) => ({
    title,
    keywords: [...folder.split('/'), ...wordsOf(id)],
  }));
}
