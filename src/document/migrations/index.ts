/** Every schema migration, oldest first; a file `v<from>.ts` each. Version 1 is the first, so there is none yet. */
import type { DocumentMigration } from './migrate';

export const migrations: readonly DocumentMigration[] = [];
