/**
 * Results of earlier runs as entries of a comparison. They are named by the keys in the runs' records, so that looking
 * back executes nothing.
 */
import type { ContentKey } from '../core/ids';
import { parsePipeline } from '../document/parse-pipeline';
import type { PipelineDocument } from '../document/schema';
import { expand, nodeAnywhere } from '../document/subgraphs';
import { nameAnywhere, namesake, resultPlace } from '../graph/anywhere';
import { graphIndex } from '../graph/graph-index';
import { topology } from '../graph/topology';
import type { Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import type { RunRecord } from '../library/library';
import { comparablePorts } from './compare-entries';
import type { NewEntry } from './comparison';

/** "today at 10:31", "12 March, 10:31": when a run began. */
export function runName({ started }: Pick<RunRecord, 'started'>): string {
  const date = new Date(started);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (date.toDateString() === new Date().toDateString()) return `Run of ${time}`;
  return `Run of ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${time}`;
}

const texts = new Map<string, PipelineDocument | null>();

/** The pipeline that ran; null where it was not kept, or cannot be read. */
export function documentOf({ text }: RunRecord): PipelineDocument | null {
  if (text === undefined) return null;
  if (!texts.has(text)) {
    let document: PipelineDocument | null = null;
    try {
      document = parsePipeline(text).document;
    } catch {
      document = null;
    }
    if (texts.size > 32) texts.clear();
    texts.set(text, document);
  }
  return texts.get(text) ?? null;
}

/** What a node of the open pipeline was called in a run: it may have come into a subgraph since, or out of one. */
export function nodeIn(run: RunRecord, node: string): string {
  if (run.nodes[node]) return node;
  const ran = documentOf(run);
  return !ran || nodeAnywhere(ran, node) ? node : (namesake(Object.keys(run.nodes), node) ?? node);
}

/** The key of the result that a run has of an output; null where it did not come to an end. */
export function keyIn(run: RunRecord, node: string, port: string): ContentKey | null {
  const ran = run.nodes[node] ? null : documentOf(run);
  const entry = run.nodes[ran ? (resultPlace(ran, node, port)?.node ?? '') : node];
  const { state, key } = entry ?? {};
  return typeof key === 'string' && (state === 'executed' || state === 'stored') ? (key as ContentKey) : null;
}

/** The latest run whose result of the output is another than `key`. */
export const previousRun = (
  runs: readonly RunRecord[],
  node: string,
  port: string,
  key: ContentKey | null,
): RunRecord | null =>
  runs.find((run) => {
    const found = keyIn(run, nodeIn(run, node), port);
    return found !== null && found !== key;
  }) ?? null;

export interface RunOutput {
  readonly node: string;
  readonly port: string;
  readonly kind: PortKind;
  readonly nodeName: string;
  readonly label: string;
  /** Of a node that scores others. */
  readonly scores: boolean;
}

/** The outputs that every one of the runs has a result of, sources first; named as in the latest run. */
export function outputsOfRuns(runs: readonly RunRecord[], catalogue: Catalogue): readonly RunOutput[] {
  const [latest] = [...runs].sort((a, b) => b.started - a.started);
  const ran = latest && documentOf(latest);
  if (!ran) return [];
  const { document: flat } = expand(ran);
  return topology(flat).order.flatMap((node): RunOutput[] => {
    const type = graphIndex(flat).nodes.get(node)?.type ?? '';
    const definition = catalogue.get(type);
    if (!definition) return [];
    const nodeName = nameAnywhere(ran, node, catalogue);
    return comparablePorts(definition).flatMap((port) => {
      const output = definition.outputs[port];
      if (!output || runs.some((run) => keyIn(run, node, port) === null)) return [];
      const { kind, label } = output;
      return [{ node, port, kind, nodeName, label, scores: type.startsWith('metric.') }];
    });
  });
}

/** Where nobody has chosen: the last score, else what the pipeline ends in. */
export function mainOutput(outputs: readonly RunOutput[]): RunOutput | undefined {
  const last = outputs.findLast(({ scores }) => scores) ?? outputs.at(-1);
  return outputs.find(({ node }) => node === last?.node);
}

/** Entries of an output in several runs, oldest first; the main one by default. Null where they have none in common. */
export function entriesOfRuns(
  records: readonly RunRecord[],
  catalogue: Catalogue,
  wanted?: Pick<RunOutput, 'node' | 'port'>,
): readonly NewEntry[] | null {
  const runs = [...records].sort((a, b) => a.started - b.started);
  const outputs = outputsOfRuns(runs, catalogue);
  const output = wanted
    ? outputs.find(({ node, port }) => node === wanted.node && port === wanted.port)
    : mainOutput(outputs);
  if (!output) return null;
  const { node, port, kind } = output;
  return runs.map((run) => ({ label: runName(run), node, port, kind, key: keyIn(run, node, port), run }));
}
