import { describe, expect, it } from 'vitest';
import { MigrationError } from '../../../src/core/errors';
import { migrations } from '../../../src/document/migrations';
import { checkMigrations, type DocumentMigration, migrateDocument } from '../../../src/document/migrations/migrate';
import { parsePipeline } from '../../../src/document/parse-pipeline';
import { SCHEMA_VERSION } from '../../../src/document/schema';
import { serialisePipeline } from '../../../src/document/serialise-pipeline';
import { oddNode } from '../../support/document-samples';

/** A made-up version 0, in which nodes were called boxes and wires were tuples. */
const fromZero: DocumentMigration = {
  from: 0,
  summary: 'boxes are called nodes.',
  migrate: ({ boxes, links, ...rest }) => ({
    ...rest,
    nodes: boxes ?? [],
    wires: ((links ?? []) as [string, string, string, string][]).map(([node, port, toNode, toPort], index) => ({
      id: `w${index}`,
      from: { node, port },
      to: { node: toNode, port: toPort },
    })),
  }),
};
const rename = (from: number): DocumentMigration => ({
  from,
  summary: `step ${from}`,
  migrate: (document) => ({ ...document, steps: [...((document['steps'] as number[] | undefined) ?? []), from] }),
});

describe('migrations', () => {
  it('lead without a gap to the current version', () => {
    expect(() => checkMigrations(migrations, SCHEMA_VERSION)).not.toThrow();
    expect(() => checkMigrations([rename(1), rename(3)], 4)).toThrow(/instead of 2/);
    expect(() => checkMigrations([rename(1)], 3)).toThrow(/instead of 2/);
  });

  it('bring an old file up, say so, and keep what it did not know', () => {
    const text = `{"schema": 0, "title": "Old", "boxes": [${oddNode}], "links": [["odd", "out", "odd", "in"]], "extra": 1.0}`;
    const { document, remarks } = parsePipeline(text, { migrations: [fromZero] });
    expect(document.schema).toBe(1);
    expect(document.wires[0]?.to).toEqual({ node: 'odd', port: 'in' });
    expect(remarks).toEqual(['Brought from schema version 0 to 1: boxes are called nodes.']);
    const saved = serialisePipeline(document);
    expect(saved).toContain(oddNode);
    expect(parsePipeline(saved).document.nodes).toHaveLength(1);
  });

  it('run in order, only those that are needed', () => {
    const chain = [rename(0), rename(1), rename(2)];
    expect(migrateDocument({}, 0, 3, chain).document).toEqual({ steps: [0, 1, 2], schema: 3 });
    expect(migrateDocument({}, 2, 3, chain).document).toEqual({ steps: [2], schema: 3 });
    const current = { schema: 3 };
    expect(migrateDocument(current, 3, 3, chain).document).toBe(current);
    expect(() => migrateDocument({}, 4, 3, chain)).toThrow(MigrationError);
    expect(() => migrateDocument({}, -1, 3, chain)).toThrow(MigrationError);
  });

  it('report a broken result at its place without a line, since it stands in no file', () => {
    const bad: DocumentMigration = { ...fromZero, migrate: (document) => ({ ...document, nodes: 3, wires: [] }) };
    expect(() => parsePipeline('{"schema": 0, "title": "Old"}', { migrations: [bad] })).toThrow(
      '"nodes" must be a list',
    );
  });
});
