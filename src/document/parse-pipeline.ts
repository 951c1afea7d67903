/**
 * The text of a pipeline file to a document, or an error that names the place and the cure. Structure only: whether
 * node types exist, parameters are in range and wires fit is judged by src/graph, and never keeps a file from opening.
 */
import type { JsonObject } from '../core/canonical-json';
import { DocumentError } from '../core/errors';
import { shortText } from '../core/plain-text';
import { foreignKind } from './foreign-files';
import { migrations as allMigrations } from './migrations';
import { type DocumentMigration, migrateDocument } from './migrations/migrate';
import { formatPath, formatPlace, type JsonPath, type JsonSource, readJson } from './read-json';
import { type PipelineDocument, pipelineSchema, SCHEMA_VERSION } from './schema';
import { describeIssue } from './schema-issue';
import { forgetText } from './source-text';

export interface ParsedPipeline {
  readonly document: PipelineDocument;
  /** What the reader should know although the file opened: one sentence each. */
  readonly remarks: readonly string[];
}
export interface ParseOptions {
  /** For tests of the mechanism: other migrations, to another version. */
  readonly migrations?: readonly DocumentMigration[];
}

/** Throws DocumentError (broken JSON, no pipeline, a field of the wrong form) or MigrationError (version). */
export function parsePipeline(text: string, options: ParseOptions = {}): ParsedPipeline {
  const remarks: string[] = [];
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (bare.trim() === '') {
    throw new DocumentError({
      code: 'document.empty',
      message: 'The file is empty.',
      cure: 'Choose a pipeline file, for example one of the gallery.',
    });
  }
  if (!/^\s*[{["\d-]/.test(bare)) {
    throw new DocumentError({
      code: 'document.not-json',
      message: 'The file is no pipeline: it is not JSON text.',
      found: shortText(JSON.stringify(bare.trimStart().slice(0, 20)), 60),
      expected: 'a JSON object that starts with "{"',
      cure: 'Choose a pipeline file (.json).',
    });
  }
  const source = readJson(bare);
  remarks.push(...source.duplicates);
  const { value } = source;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new DocumentError({
      code: 'document.not-a-pipeline',
      message: 'The file is no pipeline: a JSON object with "schema", "nodes" and "wires" is expected.',
      found: foreignKind(value) ?? (Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`),
      cure: 'Choose a pipeline file (.json), for example one that "Save" wrote.',
    });
  }
  const found = readVersion(value as JsonObject, source, bare);
  const { document: current, applied } = migrateDocument(
    value as JsonObject,
    found,
    SCHEMA_VERSION,
    options.migrations ?? allMigrations,
  );
  for (const step of applied)
    remarks.push(`Brought from schema version ${step.from} to ${step.from + 1}: ${step.summary}`);

  const place = (path: JsonPath): string => placeOf(current, path, source, bare);
  // A clone has no symbols: zod's records would refuse the ones that hold the spelling.
  const checked = pipelineSchema.safeParse(structuredClone(current));
  if (!checked.success) {
    const [issue, ...others] = checked.error.issues;
    if (issue) {
      const path = issue.path.filter((part) => typeof part !== 'symbol');
      const more = others.length === 0 ? '' : ` (and ${others.length} more like this)`;
      const { message, found, expected, cure } = describeIssue(issue, current);
      throw new DocumentError({
        code: 'document.invalid',
        message: `${message}${place(path)}${more}`,
        path: formatPath(path),
        ...(found === undefined ? {} : { found }),
        ...(expected === undefined ? {} : { expected }),
        cure,
      });
    }
  }
  // Not the schema's own result: that is a copy without the spelling of the file.
  const document = current as unknown as PipelineDocument;
  checkReferences(document, place);
  const { nodes, wires, frames, notes, ui } = document;
  for (const container of [document, nodes, wires, frames, notes, ui, ui?.positions]) {
    // These are written in our layout always: an edit rebuilds them, and its undo must give the same bytes.
    if (container) forgetText(container);
  }
  return { document, remarks };
}

function readVersion(value: JsonObject, source: JsonSource, text: string): number {
  const version = value['schema'];
  if (typeof version === 'number' && Number.isInteger(version)) return version;
  const foreign = version === undefined ? foreignKind(value) : null;
  const found = foreign ?? (version === undefined ? keysOf(value) : shortText(JSON.stringify(version), 60));
  throw new DocumentError({
    code: 'document.no-version',
    message:
      version === undefined
        ? `The file is no pipeline: ${foreign ? `it is ${foreign}` : 'it has no "schema" version'}.`
        : `"schema" must be a whole number${placeOf(value, ['schema'], source, text)}.`,
    path: 'schema',
    ...(foreign ? {} : { found, expected: String(SCHEMA_VERSION) }),
    cure: foreign
      ? 'Choose a Spikeloom pipeline file; those of other programs are not read.'
      : `Choose a Spikeloom pipeline file; a hand-written one starts with "schema": ${SCHEMA_VERSION}.`,
  });
}

/** "an object with "a", "b" and 3 more"; tells which file it is. */
function keysOf(value: JsonObject): string {
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an empty object';
  const shown = keys.slice(0, 3).map((key) => shortText(JSON.stringify(key), 30));
  const more = keys.length - shown.length;
  return `an object with ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** " (line 3, column 7)" of the deepest part of `path` that stands in the text; "" if a migration made it. */
function placeOf(root: unknown, path: JsonPath, source: JsonSource, text: string): string {
  let offset: number | undefined;
  let value: unknown = root;
  for (const part of path) {
    if (value === null || typeof value !== 'object') break;
    const next = source.offsetOf(value, part);
    if (next === undefined) break;
    offset = next;
    value = (value as Record<string | number, unknown>)[part];
  }
  return offset === undefined ? '' : ` (${formatPlace(text, offset)})`;
}

function checkReferences(document: PipelineDocument, place: (path: JsonPath) => string): void {
  const nodes = new Map<string, number>();
  document.nodes.forEach((node, index) => {
    const first = nodes.get(node.id);
    if (first !== undefined) throw duplicate('node', node.id, ['nodes', index, 'id'], `nodes[${first}]`, place);
    nodes.set(node.id, index);
  });
  const wires = new Map<string, number>();
  document.wires.forEach((wire, index) => {
    const first = wires.get(wire.id);
    if (first !== undefined) throw duplicate('wire', wire.id, ['wires', index, 'id'], `wires[${first}]`, place);
    wires.set(wire.id, index);
    for (const end of ['from', 'to'] as const) {
      if (nodes.has(wire[end].node)) continue;
      const path = ['wires', index, end, 'node'];
      throw new DocumentError({
        code: 'document.wire-to-nowhere',
        message: `The wire "${wire.id}" ${end === 'from' ? 'comes from' : 'goes to'} the node "${wire[end].node}", which is not in the file${place(path)}.`,
        path: formatPath(path),
        found: `"${wire[end].node}"`,
        expected:
          nodes.size === 0
            ? 'the id of a node'
            : `one of ${[...nodes.keys()]
                .slice(0, 12)
                .map((id) => `"${id}"`)
                .join(', ')}`,
        cure: 'Remove the wire, or correct the node id.',
      });
    }
  });
}

function duplicate(
  what: 'node' | 'wire',
  id: string,
  path: JsonPath,
  first: string,
  place: (path: JsonPath) => string,
): DocumentError {
  return new DocumentError({
    code: `document.duplicate-${what}`,
    message: `Two ${what}s have the id "${id}"${place(path)}; the first is ${first}.`,
    path: formatPath(path),
    found: `"${id}"`,
    expected: 'an id that no other has',
    cure: what === 'node' ? 'Rename one of them, and the wires that mean it.' : 'Rename one of them.',
  });
}
