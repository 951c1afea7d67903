/**
 * What differs between two results, upstream included: the two cones of nodes that lead to them, matched by type and
 * position. Roots are a pair; what is wired to the same place of a pair is one too; where the types differ, a node that
 * only one side has (a transform in between) is stepped over if the other's type comes right behind it. A node that both
 * cones share in one document cannot differ. Pure; the two may belong to different documents, such as an earlier run.
 */
import { canonicalJson, type JsonValue } from '../core/canonical-json';
import type { DocumentNode, DocumentWire, PipelineDocument } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import { type GraphIndex, graphIndex } from './graph-index';
import { inferTypes } from './infer';
import { inputLabel, nodeName } from './names';
import { topology, upstreamOf } from './topology';

export interface Cone {
  readonly document: PipelineDocument;
  readonly node: string;
}

export interface SettingDifference {
  /** Name of the parameter; 'mode', 'type' or 'input' for what is not one. */
  readonly name: string;
  readonly what: 'param' | 'mode' | 'type' | 'input';
  readonly label: string;
  readonly unit?: string;
  /** A seed: another draw of the same thing. */
  readonly seed?: boolean;
  /** In words. */
  readonly a: string;
  readonly b: string;
}

export interface NodeDifference {
  /** Null: only the other side has the node. */
  readonly a: string | null;
  readonly b: string | null;
  readonly title: string;
  readonly settings: readonly SettingDifference[];
}

export interface ConeDifference {
  /** Sources first. */
  readonly differences: readonly NodeDifference[];
  /** Nodes that stand for each other, by id; shared ones are not among them. */
  readonly pairs: readonly (readonly [string, string])[];
}

/** How far behind a node its counterpart may come. */
const reach = 4;

interface Side {
  readonly cone: Cone;
  readonly index: GraphIndex;
  readonly matched: Map<string, string>;
}

export function coneDifference(first: Cone, second: Cone, catalogue: Catalogue): ConeDifference {
  const a = sideOf(first);
  const b = sideOf(second);
  const same = first.document === second.document;
  const pairs: [string, string][] = [];
  const wiring = new Map<string, SettingDifference[]>();

  const pair = (idA: string, idB: string): void => {
    if ((same && idA === idB) || a.matched.has(idA) || b.matched.has(idB)) return;
    a.matched.set(idA, idB);
    b.matched.set(idB, idA);
    pairs.push([idA, idB]);
    for (const [port, wiresA, wiresB] of portsOf(a.index.incoming(idA), b.index.incoming(idB))) {
      for (let place = 0; place < Math.max(wiresA.length, wiresB.length); place++) {
        const [from, other] = [wiresA[place]?.from, wiresB[place]?.from];
        if (from && other && from.port !== other.port)
          note(idA, inputDifference(a, idA, port, from.port, other.port, catalogue));
        if (from && other) meet(from.node, other.node);
      }
    }
  };

  /** Two nodes wired to the same place. */
  const meet = (idA: string, idB: string): void => {
    const typeA = a.index.nodes.get(idA)?.type;
    const typeB = b.index.nodes.get(idB)?.type;
    if (typeA === undefined || typeB === undefined) return;
    if (typeA === typeB || (same && idA === idB)) pair(idA, idB);
    else {
      const behindA = behind(a, idA, typeB, same ? idB : null);
      const behindB = behindA === null ? behind(b, idB, typeA, same ? idA : null) : null;
      pair(behindA ?? idA, behindB ?? idB);
    }
  };

  const note = (id: string, difference: SettingDifference): void => {
    wiring.set(id, [...(wiring.get(id) ?? []), difference]);
  };

  pair(first.node, second.node);
  const differences = pairs.flatMap(([idA, idB]): NodeDifference[] => {
    const settings = [...settingsOf(a, idA, b, idB, catalogue), ...(wiring.get(idA) ?? [])];
    const node = a.index.nodes.get(idA);
    return settings.length > 0 && node
      ? [{ a: idA, b: idB, title: nodeName(first.document, node, catalogue), settings }]
      : [];
  });
  const alone = [...onlyIn(a, b, same, catalogue, 'a'), ...onlyIn(b, a, same, catalogue, 'b')];
  return { differences: inOrder([...differences, ...alone], a, b), pairs };
}

const sideOf = (cone: Cone): Side => ({ cone, index: graphIndex(cone.document), matched: new Map() });

function portsOf(
  a: readonly DocumentWire[],
  b: readonly DocumentWire[],
): (readonly [string, readonly DocumentWire[], readonly DocumentWire[]])[] {
  const ports = new Set([...a, ...b].map(({ to }) => to.port));
  const at = (wires: readonly DocumentWire[], port: string) => wires.filter(({ to }) => to.port === port);
  return [...ports].map((port) => [port, at(a, port), at(b, port)] as const);
}

/** The nearest node of `type` upstream of `id`, along wires; with `exactly`, that node alone if it is there. */
function behind(side: Side, id: string, type: string, exactly: string | null): string | null {
  let level = [id];
  for (let step = 0; step < reach; step++) {
    level = level.flatMap((each) => side.index.incoming(each).map(({ from }) => from.node));
    const found =
      (exactly !== null && level.find((each) => each === exactly)) ||
      level.find((each) => side.index.nodes.get(each)?.type === type && !side.matched.has(each));
    if (found) return found;
  }
  return null;
}

function settingsOf(a: Side, idA: string, b: Side, idB: string, catalogue: Catalogue): SettingDifference[] {
  const nodeA = a.index.nodes.get(idA);
  const nodeB = b.index.nodes.get(idB);
  if (!nodeA || !nodeB) return [];
  const found: SettingDifference[] = [];
  if (nodeA.type !== nodeB.type) {
    const title = ({ type }: DocumentNode) => catalogue.get(type)?.title ?? type;
    found.push({ name: 'type', what: 'type', label: 'Node', a: title(nodeA), b: title(nodeB) });
    return found;
  }
  const [modeA, modeB] = [nodeA.mode ?? 'on', nodeB.mode ?? 'on'];
  if (modeA !== modeB) found.push({ name: 'mode', what: 'mode', label: 'Mode', a: modeA, b: modeB });
  const [paramsA, paramsB] = [paramsOf(a, idA, catalogue), paramsOf(b, idB, catalogue)];
  const definition = catalogue.get(nodeA.type);
  const names = definition ? Object.keys(definition.params) : Object.keys({ ...paramsA, ...paramsB });
  for (const name of names) {
    const [valueA, valueB] = [paramsA[name], paramsB[name]];
    if (canonicalJson(valueA ?? null) === canonicalJson(valueB ?? null)) continue;
    const schema = definition?.params[name];
    const meta = schema && paramMeta(schema);
    if (meta && !meta.matters) continue;
    const words = (value: JsonValue | undefined): string =>
      meta?.options?.find((option) => option.value === value)?.label ?? inWords(value);
    found.push({
      name,
      what: 'param',
      label: meta?.label ?? name,
      ...(meta?.unit && meta.unit !== '1' ? { unit: meta.unit } : {}),
      ...(meta?.widget === 'seed' ? { seed: true } : {}),
      a: words(valueA),
      b: words(valueB),
    });
  }
  return found;
}

/** Complete and of the current version. */
const paramsOf = ({ cone }: Side, id: string, catalogue: Catalogue): Readonly<Record<string, JsonValue | undefined>> =>
  [...inferTypes(cone.document, catalogue)].find(([node]) => node === id)?.[1].params ?? {};

function inWords(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'not set';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `${value.length} entries`;
  return canonicalJson(value);
}

function inputDifference(
  side: Side,
  id: string,
  port: string,
  from: string,
  other: string,
  catalogue: Catalogue,
): SettingDifference {
  const definition = catalogue.get(side.index.nodes.get(id)?.type ?? '');
  return { name: port, what: 'input', label: definition ? inputLabel(definition, port) : port, a: from, b: other };
}

function onlyIn(own: Side, other: Side, same: boolean, catalogue: Catalogue, which: 'a' | 'b'): NodeDifference[] {
  const cone = upstreamOf(own.cone.document, [own.cone.node]);
  const theirs: ReadonlySet<string> = same ? upstreamOf(other.cone.document, [other.cone.node]) : new Set();
  return [...cone].flatMap((id): NodeDifference[] => {
    const node = own.index.nodes.get(id);
    if (!node || own.matched.has(id) || theirs.has(id)) return [];
    return [
      {
        a: which === 'a' ? id : null,
        b: which === 'b' ? id : null,
        title: nodeName(own.cone.document, node, catalogue),
        settings: [],
      },
    ];
  });
}

function inOrder(differences: readonly NodeDifference[], a: Side, b: Side): NodeDifference[] {
  const rank = ({ cone }: Side) => {
    const { order } = topology(cone.document);
    return new Map<string, number>(order.map((id, place) => [id, place / order.length]));
  };
  const [rankA, rankB] = [rank(a), rank(b)];
  const place = (entry: NodeDifference): number =>
    entry.a === null ? (rankB.get(entry.b ?? '') ?? 0) : (rankA.get(entry.a) ?? 0);
  return [...differences].sort((one, two) => place(one) - place(two));
}
