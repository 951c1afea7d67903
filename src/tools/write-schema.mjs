/** Writes docs/pipeline.schema.json from the document schema. A unit test fails when the file is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { module } = await runnerImport(`${root}src/document/json-schema.ts`, {
  root,
  configFile: false,
  logLevel: 'error',
});
mkdirSync(`${root}docs`, { recursive: true });
writeFileSync(`${root}docs/pipeline.schema.json`, module.pipelineJsonSchema());
