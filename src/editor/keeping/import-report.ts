/**
 * What a pipeline from outside holds, before it is opened: how much of it there is, which node types and files are missing
 * here, what was brought from older versions, what does not fit. Pure; asking and opening are left to incoming.ts.
 */
import { type ParsedPipeline, parsePipeline } from '../../document/parse-pipeline';
import type { PipelineDocument } from '../../document/schema';
import { checkDocument } from '../../graph/infer';
import { nodeName } from '../../graph/names';
import { formProblems } from '../../graph/simple-form';
import { catalogueFor } from '../../graph/subgraphs/catalogue';
import type { Catalogue } from '../../kit/define-node';
import { type AssetReference, assetReference, paramMeta } from '../../kit/params';

export interface MissingSet {
  readonly node: string;
  /** "CIFAR-10". */
  readonly title: string;
  /** How to get it. */
  readonly cure: string;
}

export interface ImportReport {
  readonly document: PipelineDocument;
  readonly nodes: number;
  readonly wires: number;
  /** What was done to be able to open it, and what may be lost on the way, a sentence each. */
  readonly migrated: readonly string[];
  /** Nodes of older versions of their types, which are simply read as the present ones. */
  readonly older: readonly string[];
  readonly unknown: readonly { readonly type: string; readonly nodes: readonly string[] }[];
  readonly files: readonly { readonly node: string; readonly file: AssetReference }[];
  readonly sets: readonly MissingSet[];
  /** Other things that do not fit, a sentence each; they can be mended after opening. */
  readonly problems: readonly string[];
}

export interface ImportSources {
  readonly catalogue: Catalogue;
  /** Hashes of the imported files that this browser has. */
  readonly files: ReadonlySet<string>;
  readonly missingSets: (document: PipelineDocument) => Promise<readonly MissingSet[]>;
}

/** True if there is something to know before opening. */
export const hasFindings = ({ migrated, unknown, files, sets }: ImportReport): boolean =>
  migrated.length + unknown.length + files.length + sets.length > 0;

/** Throws what parsePipeline throws. */
export async function examine(text: string, given: ImportSources): Promise<ImportReport> {
  const { document, remarks }: ParsedPipeline = parsePipeline(text);
  const known = checkDocument(document, given.catalogue);
  // Subgraphs of the file are types of its own.
  const catalogue = catalogueFor(document, given.catalogue);
  const sources = { ...given, catalogue };
  const unknown = new Map<string, string[]>();
  for (const { id, type } of document.nodes) {
    if (!catalogue.has(type)) unknown.set(type, [...(unknown.get(type) ?? []), id]);
  }
  const strangers = new Set([...unknown.values()].flat());
  return {
    document,
    nodes: document.nodes.length,
    wires: document.wires.length,
    migrated: [...remarks, ...otherVersions(document, catalogue, (found, here) => found > here)],
    older: otherVersions(document, catalogue, (found, here) => found < here),
    unknown: [...unknown].map(([type, nodes]) => ({ type, nodes })),
    files: missingFiles(document, sources),
    sets: await sources.missingSets(document),
    problems: [
      ...known
        .filter(({ node, severity }) => severity === 'error' && !strangers.has(node))
        .map(({ reason, cure }) => `${reason} ${cure}`),
      ...formProblems(document, catalogue),
    ],
  };
}

function otherVersions(
  document: PipelineDocument,
  catalogue: Catalogue,
  which: (found: number, here: number) => boolean,
): string[] {
  return document.nodes.flatMap((node) => {
    const version = catalogue.get(node.type)?.version ?? node.v;
    if (!which(node.v, version)) return [];
    const name = nodeName(document, node, catalogue);
    return node.v < version
      ? [`${name} was saved by version ${node.v} of its type and is read as version ${version}.`]
      : [`${name} was saved by version ${node.v} of its type, which is newer than version ${version} here.`];
  });
}

function missingFiles(document: PipelineDocument, { catalogue, files }: ImportSources): ImportReport['files'] {
  return document.nodes.flatMap((node) =>
    Object.entries(catalogue.get(node.type)?.params ?? {}).flatMap(([param, schema]) => {
      if (paramMeta(schema).widget !== 'assets') return [];
      const held = assetReference.array().safeParse(node.params[param] ?? []);
      if (!held.success) return [];
      return held.data.filter(({ hash }) => !files.has(hash)).map((file) => ({ node: node.id, file }));
    }),
  );
}

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** "8 nodes, 10 wires." */
export const describeSize = ({ nodes, wires }: Pick<ImportReport, 'nodes' | 'wires'>): string =>
  `${many(nodes, 'node')}, ${many(wires, 'wire')}.`;

/** The same, and what opening it at once did not ask about. */
export function describeOpened({ older, problems, ...size }: ImportReport): string {
  const parts = [describeSize(size)];
  if (older.length > 0) parts.push(`${many(older.length, 'node')} brought to the present version of their type.`);
  if (problems.length > 0) parts.push(`${many(problems.length, 'problem')} to mend.`);
  return parts.join(' ');
}
