/**
 * Branches as commands, each one step of undo: a copy of a part of the pipeline wired to the same sources, and what
 * settles a comparison, where one branch takes the other's parameters or goes. Pure.
 */
import { type Refusal, refuse } from '../core/validity';
import type { DocumentNode, PipelineDocument, Position } from '../document/schema';
import type { Catalogue } from '../kit/define-node';
import { nameAnywhere, resultPlace } from './anywhere';
import type { Command } from './commands';
import { type Cone, coneDifference } from './cone-difference';
import { graphIndex } from './graph-index';
import type { NodeSize } from './layout';
import { nodeName } from './names';
import { inPlace } from './subgraphs/in-place';
import { downstreamOf, upstreamOf } from './topology';

export type BranchPart = 'downstream' | 'upstream';

export interface BranchPlan {
  readonly ok: true;
  readonly command: Command;
  /** "branch 2": what the labels of its nodes end with. */
  readonly name: string;
  /** The nodes it copies, in the order of the document; the command makes its copies in the same order. */
  readonly copied: readonly string[];
}

const suffix = / \(branch (\d+)\)$/;
const usual: NodeSize = { width: 264, height: 310 };
/** Between the lowest card and the new branch. px */
const gap = 110;

/** Data is never copied: branches that are to be compared start from the same items. */
const isSource = ({ type }: DocumentNode): boolean => type.startsWith('source.');

export function makeBranch(
  document: PipelineDocument,
  catalogue: Catalogue,
  from: string,
  part: BranchPart,
  sizes: Readonly<Record<string, NodeSize>> = {},
): BranchPlan | Refusal {
  const index = graphIndex(document);
  const origin = index.nodes.get(from);
  if (!origin) return refuse('node.missing', `There is no node "${from}".`, 'Choose a node of this pipeline.');
  const reached: ReadonlySet<string> = (part === 'downstream' ? downstreamOf : upstreamOf)(document, [from]);
  const nodes = document.nodes.filter((node) => reached.has(node.id) && (part === 'downstream' || !isSource(node)));
  if (nodes.length === 0) {
    return refuse(
      'branch.source',
      `${nodeName(document, origin, catalogue)} is a source with nothing before it.`,
      'Make the branch of what follows it, or choose a node further on.',
    );
  }
  const numbers = document.nodes.map(({ label }) => Number(suffix.exec(label ?? '')?.[1] ?? 1));
  const name = `branch ${Math.max(1, ...numbers) + 1}`;
  const title = ({ label, type }: DocumentNode): string =>
    (label || catalogue.get(type)?.title || type).replace(suffix, '').slice(0, 180);
  const copied = new Set(nodes.map(({ id }) => id));
  const label = `Make ${name} of ${nodeName(document, origin, catalogue)}`;
  return {
    ok: true,
    name,
    copied: nodes.map(({ id }) => id),
    command: {
      type: 'batch',
      label,
      commands: [
        {
          type: 'insert',
          nodes: nodes.map((node) => ({ ...node, label: `${title(node)} (${name})` })),
          wires: document.wires.filter(({ to }) => copied.has(to.node)),
          positions: below(document, copied, sizes),
        },
      ],
    },
  };
}

/** The places of the copied nodes, moved straight down until they are clear of every card. */
function below(
  document: PipelineDocument,
  copied: ReadonlySet<string>,
  sizes: Readonly<Record<string, NodeSize>>,
): Record<string, Position> {
  const places = Object.entries(document.ui?.positions ?? {});
  const own = places.filter(([id]) => copied.has(id));
  const bottom = Math.max(...places.map(([id, { y }]) => y + (sizes[id]?.height ?? usual.height)));
  const top = Math.min(...own.map(([, { y }]) => y));
  return Object.fromEntries(own.map(([id, { x, y }]) => [id, { x, y: y + bottom - top + gap }]));
}

type Batch = Extract<Command, { type: 'batch' }>;

export interface Settlement<C extends Command = Batch> {
  readonly ok: true;
  readonly command: C;
  /** Nodes that it removes. */
  readonly removed: readonly string[];
}

/**
 * What only `node` needs and `other` does not: its own part of the cone, and what follows from that part alone. What
 * follows from both, such as a test of the two, stays.
 */
export function ownPart(document: PipelineDocument, node: string, other: string): readonly string[] {
  const cone = upstreamOf(document, [node]);
  const theirs = upstreamOf(document, [other]);
  const own = [...cone].filter((id) => !theirs.has(id));
  const followsTheirs = downstreamOf(
    document,
    [...theirs].filter((id) => !cone.has(id)),
  );
  const follows = [...downstreamOf(document, own)].filter((id) => !followsTheirs.has(id));
  const removed = new Set<string>([...own, ...follows]);
  return document.nodes.map(({ id }) => id).filter((id) => removed.has(id));
}

/** Removes the branch of `loser`. */
export function dropBranch(
  document: PipelineDocument,
  catalogue: Catalogue,
  winner: string,
  loser: string,
): Settlement | Refusal {
  const removed = ownPart(document, loser, winner);
  if (removed.length === 0) return nothingOwn(document, catalogue, loser);
  const label = `Keep ${nameOf(document, catalogue, winner)}, remove the other branch`;
  return {
    ok: true,
    removed,
    command: { type: 'batch', label, commands: [{ type: 'remove-nodes', ids: removed }] },
  };
}

/** Gives the nodes of `original` the parameters of `winner`, and removes the branch of `winner`. */
export function promoteBranch(
  document: PipelineDocument,
  catalogue: Catalogue,
  winner: string,
  original: string,
): Settlement | Refusal {
  const removed = ownPart(document, winner, original);
  if (removed.length === 0) return nothingOwn(document, catalogue, winner);
  const changes = takeParams({ document, node: original }, { document, node: winner }, catalogue);
  if (!Array.isArray(changes)) return changes as Refusal;
  const label = `Promote ${nameOf(document, catalogue, winner)}`;
  return {
    ok: true,
    removed,
    command: { type: 'batch', label, commands: [...changes, { type: 'remove-nodes', ids: removed }] },
  };
}

interface Output {
  readonly node: string;
  readonly port: string;
}

/** Gives what leads to an output of the whole pipeline, subgraphs included, the parameters that it had earlier. */
export function restoreParams(
  root: PipelineDocument,
  catalogue: Catalogue,
  output: Output,
  earlier: Output & { readonly document: PipelineDocument },
): Settlement | Refusal {
  const name = nameAnywhere(root, output.node, catalogue);
  const now = resultPlace(root, output.node, output.port);
  const before = resultPlace(earlier.document, earlier.node, earlier.port);
  if (!now || !before) {
    return refuse(
      'branch.missing',
      `${name} is not in both versions of the pipeline, or nothing is wired to it.`,
      'Open what ran from the run history instead.',
    );
  }
  const changes = takeParams(now, before, catalogue);
  if (!Array.isArray(changes)) return changes as Refusal;
  const commands = changes.flatMap((change) => inPlace(root, change));
  const label = `Bring back the earlier parameters of ${name}`;
  return { ok: true, removed: [], command: { type: 'batch', label, commands, whole: true } };
}

type Change = Extract<Command, { type: 'set-params' | 'set-mode' }>;

/** Gives the cone of `to` what differs in that of `from`; refused where more than parameters differ. */
function takeParams(to: Cone, from: Cone, catalogue: Catalogue): Change[] | Refusal {
  const [own, theirs] = [graphIndex(to.document), graphIndex(from.document)];
  const commands: Change[] = [];
  for (const { a, b, title, settings } of coneDifference(to, from, catalogue).differences) {
    const [target, giver] = [own.nodes.get(a ?? ''), theirs.nodes.get(b ?? '')];
    if (!target || !giver || settings.some(({ what }) => what === 'type' || what === 'input')) {
      return refuse(
        'branch.structure',
        `The two differ in more than parameters: ${title} has no counterpart.`,
        'Keep the better branch and remove the other instead.',
      );
    }
    const names = settings.flatMap(({ what, name }) => (what === 'param' ? [name] : []));
    if (names.length > 0) {
      const params = Object.fromEntries(names.map((name) => [name, giver.params[name]]));
      commands.push({ type: 'set-params', node: target.id, params });
    }
    if (settings.some(({ what }) => what === 'mode'))
      commands.push({ type: 'set-mode', node: target.id, mode: giver.mode ?? 'on' });
  }
  return commands;
}

const nameOf = (document: PipelineDocument, catalogue: Catalogue, id: string): string => {
  const node = graphIndex(document).nodes.get(id);
  return node ? nodeName(document, node, catalogue) : id;
};

const nothingOwn = (document: PipelineDocument, catalogue: Catalogue, id: string): Refusal =>
  refuse(
    'branch.shared',
    `${nameOf(document, catalogue, id)} is part of both branches: there is nothing to remove.`,
    'Compare two results that neither needs for the other.',
  );
