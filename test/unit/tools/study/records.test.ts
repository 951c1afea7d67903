/** Records of a study: kept as they are added, read back by another run, and whole after a crash. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Records } from '../../../../src/tools/study/records';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spikeloom-records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('gives a record as it will be read back, to six digits, and finds it in another run', async () => {
  const file = join(folder, 'deep', 'records.ndjson');
  const records = await Records.open(file);
  expect(records.find('a')).toBeUndefined();
  const added = await records.add('a', { psnr: [29.123456789, 1e-7 / 3], items: [60_001] }, 12.7);
  expect(added).toMatchObject({ measured: { psnr: [29.1235, 3.33333e-8], items: [60_001] }, ms: 13 });
  expect((await Records.open(file)).find('a')).toEqual(added);
});

it('leaves a line out that was cut off, and goes on after the whole ones', async () => {
  const file = join(folder, 'records.ndjson');
  await (await Records.open(file)).add('a', 1, 0);
  appendFileSync(file, '{"hash":"b","measu');
  const records = await Records.open(file);
  expect(records.find('b')).toBeUndefined();
  await records.add('c', 3, 0);
  const again = await Records.open(file);
  expect(again.find('a')?.measured).toBe(1);
  expect(again.find('c')?.measured).toBe(3);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
});
