import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataError, RunCancelled } from '../../../src/core/errors';
import { hashBytes } from '../../../src/core/hash';
import { createFetchAssetReader } from '../../../src/data/asset-reader.fetch';
import { createNodeAssetReader, importedFromFolders } from '../../../src/data/asset-reader.node';

const noImports = () => Promise.reject(new Error('No imports here.'));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof DataError ? error.details.code : error),
  );

describe('over HTTP', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    // A server for a single-page app: index.html for whatever it does not have.
    server = createServer((request, response) => {
      if (request.url === '/data/a.bin') response.end(Uint8Array.of(1, 2, 3));
      else if (request.url === '/data/gone') response.writeHead(404).end();
      else if (request.url === '/data/slow') setTimeout(() => response.end('x'), 2000);
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>App</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('reads bytes', async () => {
    expect(await createFetchAssetReader(base, noImports).read('a.bin')).toEqual(Uint8Array.of(1, 2, 3));
  });
  it('takes a 404 and a page of HTML for a missing file, with the cure', async () => {
    const assets = createFetchAssetReader(base, noImports);
    expect(await codeOf(assets.read('gone'))).toBe('data.missing');
    await expect(assets.read('mnist/manifest.json')).rejects.toMatchObject({
      details: {
        code: 'data.missing',
        path: `${base}mnist/manifest.json`,
        cure: expect.stringContaining('npm run datasets'),
      },
    });
  });
  it('says when the server does not answer', async () => {
    expect(await codeOf(createFetchAssetReader('http://127.0.0.1:9/', noImports).read('a.bin'))).toBe(
      'data.unreachable',
    );
  });
  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const reading = createFetchAssetReader(base, noImports).read('slow', controller.signal);
    setTimeout(() => controller.abort(), 20);
    await expect(reading).rejects.toBeInstanceOf(RunCancelled);
  });
});

describe('from folders', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spikeloom-assets-'));
    await mkdir(join(folder, 'sub'));
    await writeFile(join(folder, 'sub', 'a.bin'), Uint8Array.of(1, 2, 3));
    await writeFile(join(folder, 'b.bin'), Uint8Array.of(4));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads bytes and refuses paths that leave the folder', async () => {
    const assets = createNodeAssetReader(folder, noImports);
    expect(await assets.read('sub/a.bin')).toEqual(Uint8Array.of(1, 2, 3));
    for (const path of ['../a', '/etc/passwd', '', 'a\\..\\b'])
      expect(await codeOf(assets.read(path))).toBe('data.bad-path');
    expect(await codeOf(assets.read('none.bin'))).toBe('data.missing');
    expect(await codeOf(assets.read('sub'))).toBe('data.missing');
  });
  it('finds an imported file by name and content, in the folder of its name or another', async () => {
    const imported = importedFromFolders([folder]);
    const hash = await hashBytes(Uint8Array.of(1, 2, 3));
    expect(await imported(hash, 'sub/a.bin')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await imported(hash, 'a.bin')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await imported(hash, 'cat/a.bin')).toEqual(Uint8Array.of(1, 2, 3));
    expect(await imported(hash, '../../a.bin')).toEqual(Uint8Array.of(1, 2, 3));
  });
  it('reads no file of another name, and searches no further than it may', async () => {
    const hash = await hashBytes(Uint8Array.of(1, 2, 3));
    expect(await codeOf(importedFromFolders([folder])(hash, 'renamed.bin'))).toBe('data.missing-import');
    const near = importedFromFolders([folder], { depth: 0, entries: 100 });
    expect(await codeOf(near(hash, 'a.bin'))).toBe('data.missing-import');
    const few = importedFromFolders([folder], { depth: 4, entries: 1 });
    expect(await codeOf(few(hash, 'a.bin'))).toBe('data.missing-import');
    expect(await few(hash, 'sub/a.bin')).toEqual(Uint8Array.of(1, 2, 3));
  });
  it('tells a changed file from a missing one', async () => {
    const imported = importedFromFolders([folder, join(folder, 'none')]);
    const hash = await hashBytes(Uint8Array.of(9));
    await expect(imported(hash, 'b.bin')).rejects.toMatchObject({
      details: { code: 'data.changed-import', path: join(folder, 'b.bin') },
    });
    await expect(imported(hash, 'c.bin')).rejects.toMatchObject({ details: { code: 'data.missing-import' } });
  });
});
