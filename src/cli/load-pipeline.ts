/** Reads a pipeline file, applies `--set`, and refuses what cannot run, with the place and the cure. */
import { readFile } from 'node:fs/promises';
import type { JsonValue } from '../core/canonical-json';
import { type ErrorDetails, SpikeloomError } from '../core/errors';
import { type NodeId, nodeId } from '../core/ids';
import { parsePipeline } from '../document/parse-pipeline';
import type { PipelineDocument } from '../document/schema';
import { expand, levelDocument, wholeDocument } from '../document/subgraphs';
import { checkDocument } from '../graph/infer';
import { catalogueFor } from '../graph/subgraphs/catalogue';
import type { Catalogue } from '../kit/define-node';
import { paramMeta } from '../kit/params';
import { UsageError, usage } from './exit';
import type { GivenFiles } from './given-files';

export async function readPipeline(file: string): Promise<{ document: PipelineDocument; remarks: readonly string[] }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw usage({
      code: missing ? 'file.missing' : 'file.unreadable',
      message: missing ? `There is no file "${file}".` : `"${file}" cannot be read.`,
      cure: 'Give the path of a pipeline JSON file; the ones that ship are in pipelines/.',
    });
  }
  try {
    return parsePipeline(text);
  } catch (thrown) {
    if (!(thrown instanceof SpikeloomError)) throw thrown;
    throw usage({ ...thrown.details, path: [file, thrown.details.path].filter(Boolean).join(': ') });
  }
}

/** Text of a flag to the JSON value that the parameter's schema asks for. */
function parseValue(text: string, widget: string): JsonValue {
  // One file may be named without brackets and quotes.
  if (widget === 'assets' && !/^\s*\[/.test(text)) return [text];
  if (widget === 'number' || widget === 'integer' || widget === 'seed') return text.trim() === '' ? text : Number(text);
  if (widget === 'toggle') return text === 'true' ? true : text === 'false' ? false : text;
  if (widget === 'assets') return JSON.parse(text) as JsonValue;
  return text;
}

/** Applies `node.param=value` settings. Files are named by path and put into `files`. */
export async function applySettings(
  document: PipelineDocument,
  settings: readonly string[],
  catalogue: Catalogue,
  files: GivenFiles,
): Promise<PipelineDocument> {
  let result = document;
  for (const setting of settings) {
    const match = /^([^=]+)\.([^.=]+)=(.*)$/s.exec(setting);
    if (!match) {
      throw usage({
        code: 'flag.set',
        message: `"--set ${setting}" is not of the form node.parameter=value.`,
        cure: 'For example: --set encoder.inhExcRatio=3.5',
      });
    }
    const [, id = '', param = '', text = ''] = match;
    const flat = expand(result).document.nodes;
    const node = [...result.nodes, ...flat].find((entry) => entry.id === id);
    if (!node) {
      const inside = flat.filter((entry) => !result.nodes.includes(entry));
      throw usage({
        code: 'flag.set-node',
        message: `"--set ${setting}": there is no node "${id}".`,
        expected: `one of ${[...result.nodes, ...inside].map((entry) => entry.id).join(', ')}`,
      });
    }
    const definition = catalogueFor(result, catalogue).get(node.type);
    const schema = definition?.params[param];
    if (!definition || !schema) {
      throw usage({
        code: 'flag.set-param',
        node: id,
        param,
        message: `"--set ${setting}": ${node.type} has no parameter "${param}".`,
        ...(definition ? { expected: `one of ${Object.keys(definition.params).join(', ')}` } : {}),
      });
    }
    const { widget } = paramMeta(schema);
    let value: JsonValue;
    try {
      value = parseValue(text, widget);
    } catch {
      const cure = `A list of paths is written ${id}.${param}='["a.png", "folder/b.idx"]'.`;
      const message = `"--set ${setting}": the value is not JSON.`;
      throw usage({ code: 'flag.set-value', node: id, param, message, cure });
    }
    if (widget === 'assets' && Array.isArray(value)) {
      const references: JsonValue[] = [];
      for (const entry of value)
        references.push(
          typeof entry === 'string' ? await files.add(entry, `--set ${setting}`, { node: id, param }) : entry,
        );
      value = references;
    }
    result = withParam(result, id, param, value);
  }
  return result;
}

/** Checked later, with everything else. A node inside a subgraph is set for all its instances. */
function withParam(document: PipelineDocument, id: string, param: string, value: JsonValue): PipelineDocument {
  const set = (level: PipelineDocument): PipelineDocument => ({
    ...level,
    nodes: level.nodes.map((node) =>
      node.id === id ? { ...node, params: { ...node.params, [param]: value as never } } : node,
    ),
  });
  if (document.nodes.some((node) => node.id === id)) return set(document);
  const level = levelDocument(document, id.split('/').slice(0, -1));
  return level ? wholeDocument(set(level)) : document;
}

/** Problems that keep a run of `targets` (all nodes when empty) from starting. */
export function refuseProblems(
  document: PipelineDocument,
  catalogue: Catalogue,
  concerned: ReadonlySet<NodeId> | null,
): void {
  const problems = checkDocument(document, catalogue)
    .filter((problem) => problem.severity === 'error' && (!concerned || concerned.has(problem.node)))
    .map(
      (problem): ErrorDetails => ({
        code: problem.code,
        node: problem.node,
        message: problem.reason,
        ...(problem.port === undefined ? {} : { port: problem.port }),
        ...(problem.param === undefined ? {} : { param: problem.param }),
        ...(problem.cure === undefined ? {} : { cure: problem.cure }),
      }),
    );
  const [first, ...rest] = problems;
  if (first) throw new UsageError([first, ...rest]);
}

/** The nodes that `--only` and `--save` name, checked. */
export function findNode(document: PipelineDocument, id: string, flag: string): NodeId {
  const { document: flat, instances } = expand(document);
  if (!instances.has(id) && !flat.nodes.some((node) => node.id === id)) {
    throw usage({
      code: 'flag.node',
      message: `"${flag} ${id}": there is no such node.`,
      expected: `one of ${[...instances.keys(), ...flat.nodes.map((node) => node.id)].join(', ')}`,
    });
  }
  return nodeId(id);
}
