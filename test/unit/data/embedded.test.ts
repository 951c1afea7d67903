/** The pipeline inside pictures: there and back for any text, and harmless when it was tampered with. */
import fc from 'fast-check';
import { encode } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../src/core/errors';
import { embedInPng, embedInSvg, readEmbedded } from '../../../src/data/embed/embedded';
import { chunksOf, withChunk } from '../../../src/data/embed/png-chunks';
import { withDensity } from '../../../src/data/png-density';

const png = encode({ width: 3, height: 2, data: new Uint8Array(6).fill(77), channels: 1 });
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1mm"><title>T</title><text>a</text></svg>';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
/** Any text of a file: no half surrogates. */
const embedded = fc.record({ pipeline: text, run: fc.option(text) });

describe('a pipeline in a PNG', () => {
  it('comes back as it went in, and the picture stays one', () => {
    fc.assert(
      fc.property(embedded, (inside) => {
        const made = embedInPng(withDensity(png, 300), inside);
        expect(readEmbedded(made)).toEqual(inside);
        const chunks = [...chunksOf(made)];
        expect(chunks.every(({ intact }) => intact)).toBe(true);
        expect(chunks[0]?.type).toBe('IHDR');
        expect(chunks.at(-1)?.type).toBe('IEND');
      }),
      { numRuns: 100 },
    );
  });

  it('is absent from other pictures, also those with other texts in them', () => {
    expect(readEmbedded(png)).toBeNull();
    expect(readEmbedded(withChunk(png, 'iTXt', bytes('Comment\0\0\0\0\0hello')))).toBeNull();
    expect(readEmbedded(withChunk(png, 'iTXt', bytes('no end of the keyword')))).toBeNull();
    expect(readEmbedded(new Uint8Array(3))).toBeNull();
  });

  it('is read where another program has written it without packing it', () => {
    const plain = withChunk(png, 'iTXt', bytes('Spikeloom pipeline\0\0\0en\0\0{"schema":1}'));
    expect(readEmbedded(plain)).toEqual({ pipeline: '{"schema":1}', run: null });
  });

  it('that was changed or cut is refused in words, whatever byte it was', () => {
    const made = embedInPng(png, { pipeline: '{"schema":1,"title":"T"}', run: null });
    const from = 33;
    const length = made.length - png.length;
    let refused = 0;
    for (let at = from + 8; at < from + length; at++) {
      const changed = made.slice();
      changed[at] = (changed[at] as number) ^ 0x21;
      try {
        // A changed keyword makes it somebody else's chunk.
        expect(readEmbedded(changed)).toBeNull();
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(length - 40);
    for (let end = from + 30; end < from + length; end++) {
      expect(() => readEmbedded(made.subarray(0, end))).toThrow(DataError);
    }
  });

  it('that unpacks to more than any pipeline is refused', () => {
    const body = zlibSync(new Uint8Array(30_000_000));
    const data = new Uint8Array([...bytes('Spikeloom pipeline\0'), 1, 0, 0, 0, ...body]);
    expect(() => readEmbedded(withChunk(png, 'iTXt', data))).toThrow(/more than any pipeline/);
  });
});

describe('a pipeline in an SVG', () => {
  it('comes back as it went in, and leaves a well-formed picture', () => {
    fc.assert(
      fc.property(embedded, (inside) => {
        const made = embedInSvg(svg, inside);
        expect(readEmbedded(bytes(made))).toEqual(inside);
        // Nothing of the text can be an element, an end or an entity of its own.
        const inner = /<metadata id="spikeloom-pipeline">([^<]*)<\/metadata>/.exec(made)?.[1] ?? '<';
        expect(inner).toMatch(/^[ -~]*$/);
        expect(inner).not.toMatch(/[<>]/);
      }),
      { numRuns: 200 },
    );
  });

  it('survives what editors do to it', () => {
    const made = embedInSvg(svg, { pipeline: '{"title":"a < b & c"}', run: null });
    const edited = `<?xml version="1.0"?>\n<!-- made by another -->\n${made
      .replace('<metadata id', '<metadata\n   x="1" id')
      .replaceAll('&quot;', '&#34;')
      .replace('</metadata>', '\n  </metadata>')}`;
    expect(readEmbedded(bytes(edited))?.pipeline).toBe('{"title":"a < b & c"}');
  });

  it('is absent from others and refused when it is damaged', () => {
    expect(readEmbedded(bytes(svg))).toBeNull();
    expect(readEmbedded(bytes('<html><metadata id="spikeloom-pipeline">"x"</metadata></html>'))).toBeNull();
    const made = embedInSvg(svg, { pipeline: '{}', run: null });
    expect(() => readEmbedded(bytes(made.replace('{}&quot;', '{}')))).toThrow(DataError);
    expect(() => readEmbedded(bytes(made.slice(0, made.indexOf('{}'))))).toThrow(/cut short/);
  });
});
