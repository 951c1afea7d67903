/**
 * From what people point at to entries of a comparison: selected nodes, a node and its previous result, two runs. Results
 * of earlier runs are named by the keys in their records, so that looking back executes nothing.
 */
import type { ContentKey } from '../core/ids';
import { parsePipeline } from '../document/parse-pipeline';
import type { PipelineDocument } from '../document/schema';
import { type Cone, coneDifference } from '../graph/cone-difference';
import { graphIndex } from '../graph/graph-index';
import { nodeName } from '../graph/names';
import { topology } from '../graph/topology';
import type { AnyNode, Catalogue } from '../kit/define-node';
import type { PortKind } from '../kit/port-type';
import type { RunRecord } from '../library/library';
import type { NewEntry } from './comparison';
import type { EditorSession } from './session';

/** What says most about a difference comes first. */
const telling: readonly PortKind[] = [
  'images',
  'spikes',
  'table',
  'series',
  'rates',
  'features',
  'stimulus',
  'model',
  'labels',
  'figure',
];

/** Outputs, most telling for a comparison first: scores by item before everything, since they can be paired. */
export function comparablePorts(definition: AnyNode): readonly string[] {
  const rank = (port: string, kind: PortKind): number =>
    port === 'items' && kind === 'table' ? -1 : telling.indexOf(kind);
  return Object.entries(definition.outputs)
    .map(([port, { kind }], place) => ({ port, place, rank: rank(port, kind) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ port }) => port);
}

const definitionOf = ({ catalogue, document }: EditorSession, id: string): AnyNode | undefined =>
  catalogue.get(graphIndex(document.store.getState().document).nodes.get(id)?.type ?? '');

/** Entries for the nodes: the same output where they are of one type, else the most telling kind that all have. */
export function entriesOfNodes(session: EditorSession, ids: readonly string[]): readonly NewEntry[] | null {
  const definitions = ids.map((id) => definitionOf(session, id));
  const [first] = definitions;
  if (!first) return null;
  const portOf = (definition: AnyNode, kind: PortKind): string | undefined =>
    comparablePorts(definition).find((port) => definition.outputs[port]?.kind === kind);
  for (const port of comparablePorts(first)) {
    const kind = first.outputs[port]?.kind as PortKind;
    const ports = definitions.map((definition) =>
      definition === first ? port : definition && portOf(definition, kind),
    );
    if (ports.some((each) => each === undefined)) continue;
    const { document } = session.document.store.getState();
    const labels = namesFor(
      ids.map((node) => ({ document, node })),
      session.catalogue,
    );
    return ids.map((node, k) => ({
      label: labels[k] ?? node,
      node,
      port: ports[k] as string,
      kind,
      key: null,
      text: null,
    }));
  }
  return null;
}

/**
 * Names that tell results apart: those of the nodes if they are named apart, else the label of the first node upstream
 * where they differ ("Balanced", "Unbalanced").
 */
export function namesFor(cones: readonly Cone[], catalogue: Catalogue): readonly string[] {
  const own = cones.map(({ document, node }) => graphIndex(document).nodes.get(node)?.label ?? '');
  if (new Set(own).size === own.length && own.every(Boolean)) return own;
  const [first] = cones;
  const upstream = cones.map((cone, k): string | undefined => {
    const other = k === 0 ? cones[1] : first;
    if (!first || !other) return undefined;
    const { pairs } = k === 0 ? coneDifference(cone, other, catalogue) : coneDifference(other, cone, catalogue);
    const ids = pairs.map(([a, b]) => (k === 0 ? a : b));
    const labels = new Map(ids.map((id) => [id, graphIndex(cone.document).nodes.get(id)?.label]));
    return topology(cone.document)
      .order.map((id) => labels.get(id))
      .find(Boolean);
  });
  if (upstream.every(Boolean) && new Set(upstream).size === upstream.length) return upstream as string[];
  return cones.map(({ document, node }) => {
    const found = graphIndex(document).nodes.get(node);
    return found ? nodeName(document, found, catalogue) : node;
  });
}

/** "today at 10:31", "12 March, 10:31": when a run began. */
export function runName({ started }: Pick<RunRecord, 'started'>): string {
  const date = new Date(started);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (date.toDateString() === new Date().toDateString()) return `Run of ${time}`;
  return `Run of ${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })}, ${time}`;
}

export function keyIn(record: RunRecord, node: string): ContentKey | null {
  const entry = record.nodes[node];
  const { state, key } = entry ?? {};
  return typeof key === 'string' && (state === 'executed' || state === 'stored') ? (key as ContentKey) : null;
}

/** The latest run whose result of the node is another than `key`. */
export const previousRun = (records: readonly RunRecord[], node: string, key: ContentKey | null): RunRecord | null =>
  records.find((record) => {
    const found = keyIn(record, node);
    return found !== null && found !== key;
  }) ?? null;

/** Entries of one node in several runs, oldest first; null where none of its outputs was kept by all. */
export function entriesOfRuns(
  records: readonly RunRecord[],
  catalogue: Catalogue,
  wanted?: string,
): readonly NewEntry[] | null {
  const runs = [...records].sort((a, b) => a.started - b.started);
  const documents = runs.map(({ text }) => readText(text ?? null));
  const last = documents.at(-1);
  if (!last) return null;
  const hasAll = (id: string): boolean => runs.every((record) => keyIn(record, id) !== null);
  const scores = (id: string): number => (graphIndex(last).nodes.get(id)?.type.startsWith('metric.') ? 1 : 0);
  const candidates = [...topology(last).order].reverse().filter(hasAll);
  const node = wanted !== undefined && hasAll(wanted) ? wanted : candidates.sort((a, b) => scores(b) - scores(a))[0];
  const definition = node === undefined ? undefined : catalogue.get(graphIndex(last).nodes.get(node)?.type ?? '');
  const port = definition && comparablePorts(definition)[0];
  const kind = port === undefined ? undefined : definition?.outputs[port]?.kind;
  if (node === undefined || port === undefined || kind === undefined) return null;
  return runs.map((record) => ({
    label: runName(record),
    node,
    port,
    kind,
    key: keyIn(record, node),
    text: record.text ?? null,
  }));
}

const texts = new Map<string, PipelineDocument | null>();

/** A pipeline file as a document; null where there is none, or it cannot be read. */
export function readText(text: string | null): PipelineDocument | null {
  if (text === null) return null;
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
