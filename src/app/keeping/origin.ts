/** The pipeline that a result was made by, to be put into pictures of it, with the record of its run if there is one. */
import type { ContentKey } from '../../core/ids';
import type { Embedded } from '../../data/embed/embedded';
import { serialisePipeline } from '../../document/serialise-pipeline';
import type { EditorSession } from '../../editor/session';

type Source = Pick<EditorSession, 'document' | 'library'>;

/** Of the latest run that gave the node this result; without one, the pipeline as it is. */
export async function originOf({ document, library }: Source, node: string, key: ContentKey | null): Promise<Embedded> {
  const state = document.store.getState();
  const present = serialisePipeline(state.root);
  if (key === null) return { pipeline: present, run: null };
  const runs = await library.runs.list(state.id, 200).catch(() => []);
  const run = runs.find((record) => record.nodes[node]?.['key'] === key);
  if (!run) return { pipeline: present, run: null };
  // The pipeline stands beside the record; once is enough.
  const { text, ...rest } = run;
  return { pipeline: text ?? present, run: JSON.stringify(rest) };
}

export interface ResultOrigin {
  readonly node: string;
  readonly key: ContentKey | null;
  /** The pipeline file of an earlier run; null: the open document. */
  readonly text: string | null;
}

/**
 * Of several results: the latest run that gave those of the open document, else the document as it is. Where all of them
 * are of earlier runs, the run of the first.
 */
export async function originOfAll({ document, library }: Source, results: readonly ResultOrigin[]): Promise<Embedded> {
  const state = document.store.getState();
  const present = results.filter(({ text }) => text === null);
  const wanted = present.length > 0 ? present : results.slice(0, 1);
  const pipeline = wanted[0]?.text ?? serialisePipeline(state.root);
  const runs = await library.runs.list(state.id, 200).catch(() => []);
  const run = runs.find(({ nodes }) => wanted.every(({ node, key }) => key !== null && nodes[node]?.['key'] === key));
  if (!run || wanted.length === 0) return { pipeline, run: null };
  const { text, ...rest } = run;
  return { pipeline: text ?? pipeline, run: JSON.stringify(rest) };
}

/** Of the pipeline as a whole: the latest run that ran just this. */
export async function lastRunOf({ document, library }: Source): Promise<Embedded> {
  const state = document.store.getState();
  const pipeline = serialisePipeline(state.root);
  const runs = await library.runs.list(state.id, 50).catch(() => []);
  const run = runs.find(({ text }) => text === pipeline);
  if (!run) return { pipeline, run: null };
  const { text: _, ...rest } = run;
  return { pipeline, run: JSON.stringify(rest) };
}
