/**
 * Brings a document of an older schema version to the current one, one version at a time. The steps themselves are in
 * files beside this one, one per version, listed in index.ts.
 */
import type { JsonObject } from '../../core/canonical-json';
import { MigrationError } from '../../core/errors';

/** Turns a document of version `from` into one of version `from + 1`. */
export interface DocumentMigration {
  readonly from: number;
  /** For the user: what changed. */
  readonly summary: string;
  /** Pure; may assume that `document` is a JSON object, nothing more. It need not set `schema`. */
  readonly migrate: (document: JsonObject) => JsonObject;
}

export interface Migrated {
  readonly document: JsonObject;
  readonly applied: readonly DocumentMigration[];
}

/** Throws a plain Error if the steps do not lead, without a gap, up to `version`: that is a defect of the list. */
export function checkMigrations(migrations: readonly DocumentMigration[], version: number): void {
  migrations.forEach((step, index) => {
    const wanted = version - migrations.length + index;
    if (step.from !== wanted)
      throw new Error(`Migration ${index} starts at version ${step.from} instead of ${wanted}.`);
  });
}

/** Throws MigrationError for a version that is newer than `version` or older than the first step. */
export function migrateDocument(
  document: JsonObject,
  found: number,
  version: number,
  migrations: readonly DocumentMigration[],
): Migrated {
  checkMigrations(migrations, version);
  const range = { path: 'schema', found: `version ${found}`, expected: `version ${version} or older` };
  if (found > version) {
    throw new MigrationError({
      code: 'migration.newer',
      message: `The file was saved by a newer Spikeloom: its schema version is ${found}, this one reads up to ${version}.`,
      ...range,
      cure: 'Update Spikeloom (reload the page, or install the newest version) and open the file again.',
    });
  }
  const oldest = version - migrations.length;
  if (found < oldest) {
    throw new MigrationError({
      code: 'migration.unknown-version',
      message: `The file says schema version ${found}, which Spikeloom never wrote: its oldest is ${oldest}.`,
      ...range,
      cure: `If the file is otherwise complete, set "schema" to ${version} and open it again.`,
    });
  }
  const applied = migrations.filter((step) => step.from >= found);
  return {
    document: applied.reduce<JsonObject>((old, step) => ({ ...step.migrate(old), schema: step.from + 1 }), document),
    applied,
  };
}
