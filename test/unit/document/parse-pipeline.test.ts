import { describe, expect, it } from 'vitest';
import { DocumentError, MigrationError, SpikeloomError } from '../../../src/core/errors';
import { emptyPipeline } from '../../../src/document/empty-pipeline';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';

function errorOf(text: string): SpikeloomError {
  try {
    parsePipeline(text);
  } catch (error) {
    if (error instanceof SpikeloomError) return error;
    throw error;
  }
  throw new Error('Was accepted.');
}

const whole = serialisePipeline({
  ...emptyPipeline('Whole'),
  nodes: [
    { id: 'a', type: 'test.constant', v: 1, params: { value: 2 } },
    { id: 'b', type: 'test.scale', v: 3, params: {} },
  ],
  wires: [{ id: 'w', from: { node: 'a', port: 'series' }, to: { node: 'b', port: 'series' } }],
});

describe('parsePipeline', () => {
  it('opens what serialisePipeline wrote, without remarks', () => {
    const { document, remarks } = parsePipeline(whole);
    expect(remarks).toEqual([]);
    expect(document.nodes.map((node) => node.id)).toEqual(['a', 'b']);
    expect(parsePipeline(serialisePipeline(emptyPipeline('New'))).document).toEqual(emptyPipeline('New'));
  });

  it('says where a file is cut short', () => {
    for (const part of [0.3, 0.5, 0.9]) {
      const error = errorOf(whole.slice(0, Math.floor(whole.length * part)));
      expect(error).toBeInstanceOf(DocumentError);
      expect(error.details.code).toBe('document.truncated');
      expect(error.message).toMatch(/not valid JSON at line \d+, column \d+: it ends in the middle of/);
      expect(error.details.cure).toMatch(/cut short/);
    }
    expect(errorOf(whole.slice(0, whole.indexOf('"value": 2') + 8)).details.path).toBe('nodes[0].params.value');
  });

  // A change to the whole file, then what the error must say.
  const broken: readonly (readonly [string, (text: string) => string, string, string | undefined, RegExp])[] = [
    ['an empty file', () => ' \n', 'document.empty', undefined, /empty/],
    ['no JSON', () => '<html></html>', 'document.not-json', undefined, /not JSON text/],
    ['a list', () => '[1, 2]', 'document.not-a-pipeline', undefined, /JSON object with "schema"/],
    ['a number', () => '12', 'document.not-a-pipeline', undefined, /JSON object/],
    ['no version', () => '{"name": "package"}', 'document.no-version', 'schema', /no "schema" version/],
    [
      'a version in words',
      (t) => t.replace('"schema": 1', '"schema": "one"'),
      'document.no-version',
      'schema',
      /line 2, column 13/,
    ],
    ['no nodes', () => '{"schema": 1, "title": "", "wires": []}', 'document.invalid', 'nodes', /"nodes" is missing/],
    [
      'another app',
      (t) => t.replace('"spikeloom"', '"other"'),
      'document.invalid',
      'app',
      /"app" must be "spikeloom" \(line 3/,
    ],
    [
      'no type',
      (t) => t.replace('"type": "test.constant",', ''),
      'document.invalid',
      'nodes[0].type',
      /"nodes\[0\]\.type" is missing/,
    ],
    [
      'type 5',
      (t) => t.replace('"test.constant"', '5'),
      'document.invalid',
      'nodes[0].type',
      /must be a text \(line 8, column 15\)/,
    ],
    ['an empty id', (t) => t.replace('"id": "a"', '"id": ""'), 'document.invalid', 'nodes[0].id', /must not be empty/],
    [
      'a long id',
      (t) => t.replace('"id": "a"', `"id": "${'a'.repeat(121)}"`),
      'document.invalid',
      'nodes[0].id',
      /at most 120 characters/,
    ],
    ['version 0 of a type', (t) => t.replace('"v": 1', '"v": 0'), 'document.invalid', 'nodes[0].v', /at least 1/],
    [
      'version 1.5 of a type',
      (t) => t.replace('"v": 1', '"v": 1.5'),
      'document.invalid',
      'nodes[0].v',
      /must be a whole number/,
    ],
    [
      'params as a list',
      (t) => t.replace('"params": {}', '"params": []'),
      'document.invalid',
      'nodes[1].params',
      /must be an object/,
    ],
    [
      'an unknown mode',
      (t) => t.replace('"params": {}', '"params": {}, "mode": "off"'),
      'document.invalid',
      'nodes[1].mode',
      /"on" or "mute" or "bypass"/,
    ],
    [
      'a wire without end',
      (t) => t.replace(/,\s*"to": \{[^}]*\}/, ''),
      'document.invalid',
      'wires[0].to',
      /"wires\[0\]\.to" is missing/,
    ],
    [
      'two nodes with one id',
      (t) => t.replace('"id": "b"', '"id": "a"'),
      'document.duplicate-node',
      'nodes[1].id',
      /Two nodes have the id "a" \(line \d+, column \d+\); the first is nodes\[0\]/,
    ],
    [
      'a wire to nowhere',
      (t) => t.replace('"node": "b"', '"node": "gone"'),
      'document.wire-to-nowhere',
      'wires[0].to.node',
      /goes to the node "gone", which is not in the file/,
    ],
    [
      'a wire from nowhere',
      (t) => t.replace('"node": "a"', '"node": "gone"'),
      'document.wire-to-nowhere',
      'wires[0].from.node',
      /comes from the node "gone"/,
    ],
    [
      'a zoom of 0',
      (t) => t.replace('"positions": {}', '"viewport": {"x": 0, "y": 0, "zoom": 0}'),
      'document.invalid',
      'ui.viewport.zoom',
      /must be above 0/,
    ],
  ];
  it.each(broken)('refuses %s', (_, change, code, path, message) => {
    const error = errorOf(change(whole));
    expect(error).toBeInstanceOf(DocumentError);
    expect(error.details.code).toBe(code);
    expect(error.details.path).toBe(path);
    expect(error.message).toMatch(message);
    expect(error.details.cure).toBeTruthy();
  });

  it('refuses two wires with one id', () => {
    const document = parsePipeline(whole).document;
    const text = serialisePipeline({ ...document, wires: [...document.wires, ...document.wires] });
    expect(errorOf(text).details).toMatchObject({ code: 'document.duplicate-wire', path: 'wires[1].id' });
  });

  it('says which version a newer file has and what to do', () => {
    const error = errorOf(whole.replace('"schema": 1', '"schema": 3'));
    expect(error).toBeInstanceOf(MigrationError);
    expect(error.message).toBe(
      'The file was saved by a newer Spikeloom: its schema version is 3, this one reads up to 1.',
    );
    expect(error.details.cure).toMatch(/Update Spikeloom/);
  });

  it('refuses a version that never was', () => {
    expect(errorOf(whole.replace('"schema": 1', '"schema": 0'))).toBeInstanceOf(MigrationError);
    expect(errorOf(whole.replace('"schema": 1', '"schema": -4')).details.code).toBe('migration.unknown-version');
  });

  it('reads a file with a byte order mark and Windows line ends', () => {
    const { document } = parsePipeline(`\ufeff${whole.replaceAll('\n', '\r\n')}`);
    expect(document.nodes).toHaveLength(2);
  });

  it('remarks on keys that are written twice', () => {
    expect(parsePipeline(whole.replace('"value": 2', '"value": 1, "value": 2')).remarks).toEqual([
      expect.stringMatching(/"nodes\[0\]\.params\.value" is written twice/),
    ]);
  });

  it('opens a loop, an unknown type and a value out of range: src/graph judges them', () => {
    const text = whole
      .replace('"value": 2', '"value": 1e9')
      .replace('"test.scale"', '"nobody.knows"')
      .replace('"from": {\n        "node": "a"', '"from": {\n        "node": "b"');
    expect(parsePipeline(text).document.wires[0]?.from.node).toBe('b');
  });
});
