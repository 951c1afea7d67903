/** Questions that checks ask of a learner's graph: by type and wiring, never by id, so that a graph built otherwise counts. */
import type { DocumentNode, PipelineDocument } from '../../document/schema';
import { expand } from '../../document/subgraphs';
import { upstreamOf } from '../../graph/topology';
import type { Facts } from './lesson';

/** Nodes of a type that are switched on, inside subgraphs too. */
export const nodesOf = ({ document }: Pick<Facts, 'document'>, type: string): readonly DocumentNode[] =>
  expand(document).document.nodes.filter((node) => node.type === type && (node.mode ?? 'on') === 'on');

export const paramOf = (node: DocumentNode, name: string, fallback: number): number => {
  const value = node.params[name];
  return typeof value === 'number' ? value : fallback;
};

export const isDone = ({ statuses }: Facts, id: string): boolean => {
  const state = statuses[id]?.state;
  return state === 'executed' || state === 'stored';
};

/** Nodes of a type among everything that a node needs. */
export function behind(document: PipelineDocument, id: string, type: string): readonly DocumentNode[] {
  const flat = expand(document).document;
  const needed = upstreamOf(flat, [id]);
  return flat.nodes.filter((node) => node.type === type && [...needed].some((each) => each === node.id));
}

/** Whether a node leads to `mine`, or is it, and not to `other`. */
export function isOnlyOf(document: PipelineDocument, node: string, mine: string, other: string): boolean {
  const flat = expand(document).document;
  const leads = (to: string): boolean => [...upstreamOf(flat, [to])].some((each) => each === node);
  return leads(mine) && !leads(other);
}

/** A number of a node's table: of the row where `column` is `row`. Undefined until it is there. */
export function cell(facts: Facts, output: string, column: string, row: string, name: string): number | undefined {
  const value = facts.tables[output]?.find((each) => each[column] === row)?.[name];
  return typeof value === 'number' ? value : undefined;
}

/** Mean PSNR of a scoring node in dB. */
export const psnrOf = (facts: Facts, id: string): number | undefined =>
  cell(facts, `${id}.summary`, 'metric', 'psnr', 'mean');
