/**
 * What runs of a study measured, one line of JSON each, under a hash of what was read. The file is only ever added to, so
 * that a study that was stopped goes on from it, on another machine as well: that of a full run is committed beside its
 * report. A last line that was cut off is not taken.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Line<T = unknown> {
  readonly hash: string;
  readonly measured: T;
  /** Time of computing, ms. */
  readonly ms: number;
}

/** Six significant digits: scores are single precision. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;

export class Records {
  private constructor(
    private readonly path: string,
    private readonly lines: Map<string, Line>,
  ) {}

  static async open(path: string): Promise<Records> {
    const text = await readFile(path, 'utf8').catch(() => '');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) {
      const file = await open(path, 'r+');
      await file.truncate(Buffer.byteLength(whole));
      await file.close();
    }
    const lines = whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line);
    return new Records(path, new Map(lines.map((line) => [line.hash, line])));
  }

  find<T>(hash: string): Omit<Line<T>, 'hash'> | undefined {
    return this.lines.get(hash) as Line<T> | undefined;
  }

  /** Keeps a record and gives it as it will be read back. */
  async add<T>(hash: string, measured: T, ms: number): Promise<Omit<Line<T>, 'hash'>> {
    const text = JSON.stringify({ hash, measured, ms: Math.round(ms) }, rounded);
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a');
    await file.write(`${text}\n`);
    await file.close();
    const line = JSON.parse(text) as Line<T>;
    this.lines.set(hash, line);
    return line;
  }
}
