/** `spikeloom run FILE`: the same engine and keys as the editor, in this process, with a pool of worker threads. */
import { dirname, resolve } from 'node:path';
import { openFileStore } from '../cache/file-store';
import { openMemoryStore } from '../cache/memory-store';
import { describeFailure, type Failure, toFailure } from '../core/errors';
import { nodeId, runId } from '../core/ids';
import { createNodeAssetReader, importedFromFolders } from '../data/asset-reader.node';
import { documentHash } from '../document/document-hash';
import type { PipelineDocument } from '../document/schema';
import { serialisePipeline } from '../document/serialise-pipeline';
import { expand, outputSource, runTargets } from '../document/subgraphs';
import { compile } from '../graph/compile';
import { formProblems } from '../graph/simple-form';
import { upstreamOf } from '../graph/topology';
import type { Catalogue } from '../kit/define-node';
import type { TableRow } from '../kit/values';
import { Engine } from '../scheduler/engine';
import { createNodePool } from '../scheduler/pool/node-pool';
import type { BackendPreference, RunOutcome, RunPlan } from '../scheduler/protocol';
import { simulationMode, tensorVersions, tfjsRuntime } from '../scheduler/tfjs-runtime';
import { collectOutputs, type Output } from './collect-outputs';
import { EXIT, usage } from './exit';
import { GivenFiles } from './given-files';
import { applySettings, findNode, readPipeline, refuseProblems } from './load-pipeline';
import { createProgress } from './progress';
import { ReportBuilder, seedsOf } from './report';
import { checkFolder, jsonBytes, writeFiles } from './write-outputs';

export interface RunFlags {
  readonly set: readonly string[];
  readonly only?: string;
  readonly save: readonly string[];
  readonly assets: string;
  readonly backend: BackendPreference;
  readonly out?: string;
  readonly cache: string | false;
  readonly threads?: number;
  /** MB */
  readonly budget?: number;
  readonly json: boolean;
}

export interface Installation {
  readonly catalogue: Catalogue;
  readonly version: string;
  /** The built pool worker. */
  readonly poolEntry: URL;
}

const exitCode: Record<RunOutcome, number> = { succeeded: EXIT.done, failed: EXIT.failed, cancelled: EXIT.cancelled };

/** `--save node.port`, checked against the document. */
function savedOutput(text: string, document: PipelineDocument, catalogue: Catalogue): Output {
  const dot = text.lastIndexOf('.');
  const node = findNode(document, dot < 0 ? text : text.slice(0, dot), '--save');
  const { document: flat, instances } = expand(document);
  const type = [...flat.nodes, ...document.nodes].find((entry) => entry.id === node)?.type ?? 'the subgraph';
  const ports = Object.keys(instances.get(node)?.outputs ?? catalogue.get(type)?.outputs ?? {});
  const port = dot < 0 ? '' : text.slice(dot + 1);
  if (!ports.includes(port)) {
    throw usage({
      code: 'flag.save',
      node,
      message: `"--save ${text}": ${type} has no output "${port}".`,
      expected: `one of ${ports.map((name) => `${node}.${name}`).join(', ')}`,
    });
  }
  const end = outputSource(document, node, port);
  if (!end) {
    throw usage({
      code: 'flag.save',
      node,
      message: `"--save ${text}": nothing is wired to that output inside the subgraph.`,
    });
  }
  return { node: nodeId(end.node), port: end.port };
}

export async function runCommand(file: string, flags: RunFlags, installation: Installation): Promise<number> {
  const { catalogue } = installation;
  const { document: saved, remarks } = await readPipeline(file);
  const files = new GivenFiles();
  const document = await applySettings(saved, flags.set, catalogue, files);
  const only = flags.only === undefined ? null : findNode(document, flags.only, '--only');
  const extra = flags.save.map((text) => savedOutput(text, document, catalogue));
  const also = extra.map(({ node }) => node);
  const flat = expand(document).document;
  const reached = [...(only ? runTargets(document, only) : []), ...also];
  const concerned = only ? new Set([only, ...upstreamOf(flat, reached)]) : null;
  refuseProblems(document, catalogue, concerned);

  if (flags.out !== undefined) await checkFolder(flags.out);
  const plan = await compile(document, catalogue, only ? { targets: [only], also } : { also });
  const builder = new ReportBuilder(plan);
  builder.leaveOut(leftOut(flat, plan, flags.only));
  const tell = createProgress(process.stderr);
  for (const remark of remarks) process.stderr.write(`${remark}\n`);
  const budget = 20_000_000_000;
  const store =
    flags.cache === false
      ? openMemoryStore({ budget })
      : await openFileStore({ directory: resolve(flags.cache), budget });
  const pool = createNodePool(installation.poolEntry, flags.threads);
  const engine = new Engine({
    catalogue,
    openStore: async () => store,
    pool,
    assets: createNodeAssetReader(
      flags.assets,
      files.reader(importedFromFolders([dirname(resolve(file)), flags.assets])),
    ),
    tensors: tfjsRuntime,
    simulationMode,
    settings: {
      backend: flags.backend,
      storeBudget: budget,
      ...(flags.budget === undefined ? {} : { runBudget: 1e6 * flags.budget }),
    },
    emit(event) {
      builder.take(event);
      tell(event);
    },
  });
  try {
    // A forced backend that is not there is a bad flag, told before anything runs.
    await engine.plan(plan);
    const ran = await runToEnd(engine, plan);
    const { tables, lost } = await collectOutputs(
      {
        engine,
        catalogue,
        plan,
        keys: builder.keys,
        saved: extra,
        out: flags.out,
        pipeline: serialisePipeline(document),
      },
      (node) => builder.isDone(node),
    );
    let outcome = ran;
    const lose = (failure: Failure) => {
      builder.lose(failure);
      process.stderr.write(`${describeFailure(failure)}\n`);
      if (outcome === 'succeeded') outcome = 'failed';
    };
    lost.forEach(lose);
    const report = builder.report(outcome, tables);
    if (flags.out !== undefined) {
      const record = {
        pipeline: document.title,
        file: nameOf(file),
        documentHash: await documentHash(document, catalogue),
        settings: flags.set,
        seeds: seedsOf(plan, catalogue),
        backend: builder.backend,
        versions: {
          spikeloom: installation.version,
          node: process.version,
          ...tensorVersions,
          numericModes: builder.numericModes(),
        },
        status: report.status,
        notices: builder.notices,
        nodes: report.nodes,
      };
      await writeFiles(flags.out, [{ path: 'run.json', bytes: jsonBytes(record) }]).catch((thrown) =>
        lose(toFailure(thrown)),
      );
    }
    if (flags.json) process.stdout.write(`${JSON.stringify({ ...report, status: outcome }, spellNonFinite)}\n`);
    else printTables(tables);
    return exitCode[outcome];
  } finally {
    await store.close();
    pool.terminate();
  }
}

function leftOut(document: PipelineDocument, plan: RunPlan, only: string | undefined) {
  const planned = new Set<string>(plan.steps.map(({ node }) => node));
  return document.nodes
    .filter(({ id }) => !planned.has(id))
    .map(({ id, type, mode = 'on' }) => {
      const off = mode === 'mute' ? 'it is muted' : 'it is bypassed';
      return { id, type, reason: mode === 'on' ? `not needed for --only ${only ?? ''}` : off };
    });
}

/** Runs with Ctrl+C meaning cancel: what is finished is kept. */
async function runToEnd(engine: Engine, plan: RunPlan): Promise<RunOutcome> {
  const id = runId('cli');
  const stop = () => void engine.cancel(id);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await engine.run(id, plan);
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
}

/** JSON has no infinity: an infinite PSNR is spelt out instead of becoming null. */
const spellNonFinite = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

const nameOf = (file: string): string => file.split(/[\\/]/).pop() ?? file;

/** Small tables, for people; large ones are in the files of `--out`. */
function printTables(tables: Readonly<Record<string, readonly TableRow[]>>): void {
  for (const [name, rows] of Object.entries(tables)) {
    if (rows.length === 0 || rows.length > 20) continue;
    process.stdout.write(`${name}\n`);
    console.table(
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            typeof value === 'number' ? Number(value.toPrecision(5)) : value,
          ]),
        ),
      ),
    );
  }
}

/** For `validate`: every problem of a file, whatever it would take to run it. */
export async function validateCommand(
  file: string,
  flags: { readonly json: boolean },
  installation: Installation,
): Promise<number> {
  const { document, remarks: read } = await readPipeline(file);
  refuseProblems(document, installation.catalogue, null);
  const remarks = [...read, ...formProblems(document, installation.catalogue)];
  const summary = {
    status: 'valid',
    title: document.title,
    nodes: document.nodes.map((node) => nodeId(node.id)),
    remarks,
  };
  if (flags.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else
    process.stdout.write(
      `${nameOf(file)}: valid, ${document.nodes.length} nodes, ${document.wires.length} wires.\n${remarks.map((remark) => `${remark}\n`).join('')}`,
    );
  return EXIT.done;
}
