/** A pipeline in an address: there and back, short, and harmless when it is damaged. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../../../src/core/errors';
import { parsePipeline } from '../../../../src/document/parse-pipeline';
import { fromFragment, linkLimit, linkMark, toFragment } from '../../../../src/editor/keeping/share-link';
import { pipeline } from '../../../support/document-samples';

const shipped = parsePipeline(
  readFileSync(new URL('../../../../pipelines/mnist-balanced-unet.json', import.meta.url), 'utf8'),
).document;

describe('a link', () => {
  it('gives the same document, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.jsonValue(), (title, value) => {
        const document = { ...pipeline({ a: { type: 'test.constant', params: { value } as never } }), title };
        const fragment = toFragment(document);
        expect(fragment).toMatch(/^#p=[\w-]+$/);
        expect(JSON.parse(fromFragment(fragment))).toEqual(JSON.parse(JSON.stringify(document)));
      }),
      { numRuns: 200 },
    );
  });

  it('of the default pipeline is far below the limit, and leaves the viewport out', () => {
    const fragment = toFragment({ ...shipped, ui: { ...shipped.ui, viewport: { x: 1, y: 2, zoom: 1 } } });
    expect(fragment.length).toBeLessThan(linkLimit / 3);
    const { ui, ...rest } = JSON.parse(fromFragment(fragment));
    const { ui: kept, ...before } = shipped;
    expect(rest).toEqual(JSON.parse(JSON.stringify(before)));
    expect(ui).toEqual({ positions: kept?.positions });
  });

  it('that is cut short or changed is refused in words, never half read', () => {
    const fragment = toFragment(shipped);
    for (const cut of [3, 4, 40, fragment.length / 2, fragment.length - 8]) {
      expect(() => fromFragment(fragment.slice(0, cut))).toThrow(DocumentError);
    }
    expect(() => fromFragment(`${linkMark}%%%`)).toThrow(/cut short or was changed/);
    expect(() => fromFragment(`${linkMark}`)).toThrow(DocumentError);
  });

  it('that unpacks to more than any pipeline is refused', () => {
    const bomb = Buffer.from(deflateSync(new Uint8Array(60_000_000))).toString('base64url');
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => fromFragment(linkMark + bomb)).toThrow(DocumentError);
  });
});
