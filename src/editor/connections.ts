/**
 * Making wires from a list: the ports of a node, and for one of them everything that it could be wired to, what not and
 * why not, what it is wired to now, and which new nodes would take it. Pure; the rules are graph's canConnect.
 */
import type { PipelineDocument } from '../document/schema';
import { canConnect, type WireEnds } from '../graph/can-connect';
import { graphIndex } from '../graph/graph-index';
import { inferTypes } from '../graph/infer';
import { nodeName } from '../graph/names';
import { topology } from '../graph/topology';
import type { AnyNode, Catalogue } from '../kit/define-node';
import { formatPortType, type PortKind } from '../kit/port-type';

export type Side = 'output' | 'input';
export interface PortEnd {
  readonly node: string;
  readonly port: string;
  readonly side: Side;
}

export interface PortRow extends PortEnd {
  readonly label: string;
  readonly kinds: readonly PortKind[];
  /** What flows, as far as it is known: "spikes 3,500 × 1,280, dt 0.1 ms"; else the kinds. */
  readonly type: string;
  /** Names of what it is wired to. */
  readonly wiredTo: readonly string[];
  readonly required: boolean;
}

export interface PortChoice {
  readonly end: PortEnd;
  readonly ends: WireEnds;
  readonly nodeName: string;
  readonly label: string;
  readonly kinds: readonly PortKind[];
}
export interface FitChoice extends PortChoice {
  /** Another wire would give way. */
  readonly replaces: boolean;
}
export interface ExcludedChoice extends PortChoice {
  readonly reason: string;
  /** Node types that could stand between, best first. */
  readonly adapters: readonly string[];
}
export interface WiredChoice extends PortChoice {
  readonly wire: string;
}
export interface NewNodeChoice {
  readonly type: string;
  readonly title: string;
  readonly port: string;
  readonly label: string;
  readonly kinds: readonly PortKind[];
}

export interface ConnectOptions {
  readonly wired: readonly WiredChoice[];
  readonly fits: readonly FitChoice[];
  readonly fresh: readonly NewNodeChoice[];
  readonly excluded: readonly ExcludedChoice[];
}

export const wireEnds = (own: PortEnd, other: Pick<PortEnd, 'node' | 'port'>): WireEnds => {
  const mine = { node: own.node, port: own.port };
  const theirs = { node: other.node, port: other.port };
  return own.side === 'output' ? { from: mine, to: theirs } : { from: theirs, to: mine };
};

interface Ports {
  readonly port: string;
  readonly label: string;
  readonly kinds: readonly PortKind[];
  readonly required: boolean;
}
const portsOn = (definition: AnyNode | undefined, side: Side): readonly Ports[] =>
  side === 'output'
    ? Object.entries(definition?.outputs ?? {}).map(([port, { label, kind }]) => ({
        port,
        label,
        kinds: [kind],
        required: false,
      }))
    : Object.entries(definition?.inputs ?? {}).map(([port, { label, kinds, optional }]) => ({
        port,
        label,
        kinds,
        required: !optional,
      }));

/** Outputs first: that is the way data flows. */
export function portRows(document: PipelineDocument, catalogue: Catalogue, id: string): readonly PortRow[] {
  const index = graphIndex(document);
  const node = index.nodes.get(id);
  if (!node) return [];
  const name = (other: string): string => {
    const found = index.nodes.get(other);
    return found ? nodeName(document, found, catalogue) : other;
  };
  const types = inferTypes(document, catalogue).get(id as never)?.outputs;
  return (['output', 'input'] as const).flatMap((side) =>
    portsOn(catalogue.get(node.type), side).map(({ port, label, kinds, required }) => {
      const known = side === 'output' ? types?.[port] : undefined;
      const wiredTo =
        side === 'output'
          ? index.outgoing(id).flatMap((wire) => (wire.from.port === port ? [name(wire.to.node)] : []))
          : index.incoming(id).flatMap((wire) => (wire.to.port === port ? [name(wire.from.node)] : []));
      return {
        node: id,
        port,
        side,
        label,
        kinds,
        required,
        wiredTo,
        type: known ? formatPortType(known) : kinds.join(' or '),
      };
    }),
  );
}

export function connectOptions(document: PipelineDocument, catalogue: Catalogue, own: PortEnd): ConnectOptions {
  const index = graphIndex(document);
  const other: Side = own.side === 'output' ? 'input' : 'output';
  const wired: WiredChoice[] = [];
  const fits: FitChoice[] = [];
  const excluded: ExcludedChoice[] = [];
  for (const id of topology(document).order) {
    const node = index.nodes.get(id);
    if (!node || id === own.node) continue;
    for (const { port, label, kinds } of portsOn(catalogue.get(node.type), other)) {
      const end: PortEnd = { node: id, port, side: other };
      const ends = wireEnds(own, end);
      const choice = { end, ends, nodeName: nodeName(document, node, catalogue), label, kinds };
      const wire = document.wires.find(
        ({ from, to }) =>
          from.node === ends.from.node &&
          from.port === ends.from.port &&
          to.node === ends.to.node &&
          to.port === ends.to.port,
      );
      if (wire) {
        wired.push({ ...choice, wire: wire.id });
        continue;
      }
      const answer = canConnect(document, catalogue, ends);
      if (answer.ok) fits.push({ ...choice, replaces: answer.replaces.length > 0 });
      else excluded.push({ ...choice, reason: answer.reason, adapters: answer.adapters });
    }
  }
  // What replaces nothing comes first.
  fits.sort((a, b) => Number(a.replaces) - Number(b.replaces));
  return { wired, fits, excluded, fresh: newNodes(document, catalogue, own) };
}

/** Node types with a port of the other side for what this port gives or takes; its first such port is the one wired. */
function newNodes(document: PipelineDocument, catalogue: Catalogue, own: PortEnd): readonly NewNodeChoice[] {
  const node = graphIndex(document).nodes.get(own.node);
  const kinds = portsOn(node && catalogue.get(node.type), own.side).find(({ port }) => port === own.port)?.kinds ?? [];
  const other: Side = own.side === 'output' ? 'input' : 'output';
  return [...catalogue.values()].flatMap((definition) => {
    const found = portsOn(definition, other).filter((port) => port.kinds.some((kind) => kinds.includes(kind)));
    const best = found.find(({ required }) => required) ?? found[0];
    return best
      ? [{ type: definition.type, title: definition.title, port: best.port, label: best.label, kinds: best.kinds }]
      : [];
  });
}

/** The wires at a port, with what is at their other end. */
export function connectionsOf(
  document: PipelineDocument,
  { node, port, side }: PortEnd,
): readonly { readonly wire: string; readonly node: string; readonly port: string }[] {
  const index = graphIndex(document);
  return side === 'output'
    ? index.outgoing(node).flatMap(({ id, from, to }) => (from.port === port ? [{ wire: id, ...to }] : []))
    : index.incoming(node).flatMap(({ id, from, to }) => (to.port === port ? [{ wire: id, ...from }] : []));
}
