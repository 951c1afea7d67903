/** Writes docs/nodes.md from the node definitions. A unit test fails when the file is out of date. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const load = async (file) =>
  (await runnerImport(`${root}${file}`, { root, configFile: false, logLevel: 'error' })).module;
const { catalogue } = await load('nodes/index.ts');
const { nodeDocs } = await load('src/kit/node-docs.ts');
writeFileSync(`${root}docs/nodes.md`, nodeDocs(catalogue));
