/**
 * Damaged, foreign and hostile files by the way that a drop takes: each is opened as a document that holds together, or
 * refused in words with the open document as it was, to the byte. Seeded, over every shipped pipeline.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../../../nodes';
import { flowEdges, flowNodes, placesFor } from '../../../../src/canvas/flow-view';
import { plainText } from '../../../../src/core/plain-text';
import { embedInPng, readEmbedded } from '../../../../src/data/embed/embedded';
import { chunksOf } from '../../../../src/data/embed/png-chunks';
import { framesOf, notesOf } from '../../../../src/document/canvas-objects';
import { parsePipeline } from '../../../../src/document/parse-pipeline';
import { serialisePipeline } from '../../../../src/document/serialise-pipeline';
import { importWithNotice } from '../../../../src/editor/keeping/exchange';
import { toFragment } from '../../../../src/editor/keeping/share-link';
import { compile } from '../../../../src/graph/compile';
import { documentDifference } from '../../../../src/graph/document-difference';
import { graphPicture } from '../../../../src/graph/graph-picture';
import { checkDocument } from '../../../../src/graph/infer';
import { harm, harmed, hostileTexts, scratch, scratched } from '../../../support/hostile-files';
import { documentOf, freshBrowser, openTab, type Tab } from '../support';

const folder = new URL('../../../../pipelines/', import.meta.url);
const pipelines = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
const whole = (name: string): string => pipelines.find((each) => each.name === name)?.text ?? '';

let tab: Tab;
beforeEach(async () => {
  freshBrowser();
  tab = await openTab({
    catalogue,
    readPicture: async (file) => readEmbedded(new Uint8Array(await file.arrayBuffer())),
  });
  await tab.session.openText(whole('mnist-ridge.json'), 'mine.json');
});
afterEach(() => tab.session.dispose());

const openText = (): string => serialisePipeline(documentOf(tab.session));
const shown = () => tab.session.notices.store.getState().shown;

/** Drops a file; where a question is asked first, the answer is `answer`. */
async function drop(name: string, content: BlobPart, answer = false, type = 'application/json') {
  for (const { id } of shown()) tab.session.notices.close(id);
  const { incoming } = tab.session.keeping;
  let asked = false;
  const off = incoming.store.subscribe(({ asked: question }) => {
    if (!question) return;
    asked = true;
    queueMicrotask(() => question.decide(answer));
  });
  const outcome = await incoming.takeFile(new File([content], name, { type }));
  off();
  return { outcome, asked };
}

/** A refusal says what, where it can also where, and what to do; it is short and holds nothing hidden. */
function expectToldWhy(name: string, before: string): void {
  expect(openText()).toBe(before);
  const notice = shown().at(-1);
  expect(notice).toMatchObject({ level: 'error' });
  expect(notice?.title).toContain(name);
  expect(notice?.message).toMatch(/The open pipeline is unchanged\.$/);
  expect(notice?.message).not.toMatch(/defect in Spikeloom|undefined|\[object/);
  expect(notice?.message.length).toBeLessThan(900);
  expect(`${notice?.title}${notice?.message}`).toBe(plainText(`${notice?.title}${notice?.message}`));
}

/** Whatever the page does with an open document at once. */
async function expectHoldsTogether(): Promise<void> {
  const document = documentOf(tab.session);
  const text = serialisePipeline(document);
  expect(serialisePipeline(parsePipeline(text).document)).toBe(text);
  const nodes = flowNodes(document, catalogue, new Set(), [], placesFor(document));
  for (const { position } of nodes) expect(Number.isFinite(position.x) && Number.isFinite(position.y)).toBe(true);
  expect(nodes).toHaveLength(document.nodes.length);
  expect(flowEdges(document, new Set(), [])).toHaveLength(document.wires.length);
  const picture = graphPicture(document, catalogue);
  expect(JSON.stringify(picture)).not.toMatch(/NaN|undefined/);
  checkDocument(document, catalogue);
  await compile(document, catalogue);
  framesOf(document);
  notesOf(document);
  toFragment(document);
  documentDifference(parsePipeline(whole('mnist-ridge.json')).document, document);
}

describe('damaged documents', () => {
  const runs = 150;
  const answers = fc.boolean();

  it.each(pipelines)('$name with damaged values opens whole or is refused in words', async ({ text }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(harm, { minLength: 1, maxLength: 6 }), answers, async (harms, answer) => {
        const before = openText();
        const { outcome, asked } = await drop('harmed.json', harmed(text, harms), answer);
        if (outcome === 'opened') await expectHoldsTogether();
        else if (asked) expect(openText()).toBe(before);
        else expectToldWhy('harmed.json', before);
        expect(({} as { pwned?: unknown }).pwned).toBeUndefined();
      }),
      { numRuns: runs, seed: 5 },
    );
  });

  it.each(pipelines)('$name with a damaged text opens whole or is refused in words', async ({ text }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(scratch, { minLength: 1, maxLength: 3 }), answers, async (scratches, answer) => {
        const before = openText();
        const { outcome, asked } = await drop('scratched.json', scratched(text, scratches), answer);
        if (outcome === 'opened') await expectHoldsTogether();
        else if (asked) expect(openText()).toBe(before);
        else expectToldWhy('scratched.json', before);
      }),
      { numRuns: runs, seed: 6 },
    );
  });
});

describe('files that are none of ours', () => {
  const foreign: readonly (readonly [string, unknown, RegExp])[] = [
    [
      'comfy.json',
      { last_node_id: 3, last_link_id: 2, nodes: [{ id: 1 }], links: [[1, 1, 0, 2, 0, 'IMAGE']] },
      /it is a ComfyUI workflow/,
    ],
    ['prompt.json', { 3: { class_type: 'KSampler', inputs: { seed: 1 } } }, /it is a ComfyUI prompt/],
    [
      'flows.json',
      [
        { id: 'a1', type: 'tab' },
        { id: 'b2', z: 'a1', type: 'inject', wires: [['c3']] },
      ],
      /a Node-RED flow/,
    ],
    ['invoke.json', { name: 'x', exposedFields: [], nodes: [], edges: [] }, /it is an InvokeAI workflow/],
    ['chain.chn.json', { version: '0.24', content: { nodes: [], edges: [] } }, /it is a chaiNNer chain/],
    ['book.json', { nbformat: 4, cells: [], metadata: {} }, /it is a Jupyter notebook/],
    ['package.json', { name: 'x', dependencies: {} }, /it is a file of a JavaScript package/],
    ['list.json', [1, 2, 3], /Found a list\./],
    ['text.json', 'pipeline', /Found a string\./],
    ['null.json', null, /not JSON text|Found null/],
    [
      'other.json',
      { hello: 'world', '\u202eevil': 1, c: 2, d: 3 },
      /Found an object with "hello", "\ufffdevil", "c" and 1 more\./,
    ],
    ['empty.json', {}, /Found an empty object\./],
    [
      'schema.json',
      { schema: { $ref: 'x'.repeat(10_000) }, nodes: [] },
      /"schema" must be a whole number \(line 1, column 11\)/,
    ],
  ];
  it.each(foreign)('%s is refused and named', async (name, content, message) => {
    const was = openText();
    const { outcome, asked } = await drop(name, JSON.stringify(content));
    expect([outcome, asked]).toEqual(['left', false]);
    expectToldWhy(name, was);
    expect(shown().at(-1)?.message).toMatch(message);
    expect(shown().at(-1)?.message).toMatch(/Choose a (Spikeloom )?pipeline file/);
  });

  it('a file of 50 MB is refused by its size alone, and a text that is too long by its length', async () => {
    const was = openText();
    const file = Object.assign(new File(['{}'], 'huge.json'), {
      text: () => Promise.reject(new Error('It was read.')),
    });
    Object.defineProperty(file, 'size', { value: 50_000_000 });
    expect(await tab.session.keeping.incoming.takeFile(file)).toBe('left');
    expectToldWhy('huge.json', was);
    expect(shown().at(-1)?.message).toMatch(/has 50 MB.*at most 20 MB.*Choose the pipeline file itself/);
    expect(await tab.session.openText(' '.repeat(20_000_001), 'long.json')).toBe(false);
    expectToldWhy('long.json', was);
    expect(shown().at(-1)?.message).toMatch(/at most 20 MB/);
  });

  it('a folder, or a file that is gone, is said to be unreadable', async () => {
    const was = openText();
    for (const name of ['folder.json', 'gone.png']) {
      const file = new File(['x'], name);
      const gone = () => Promise.reject(new Error('A requested file or directory could not be found.'));
      Object.assign(file, { text: gone, arrayBuffer: gone });
      expect(await tab.session.keeping.incoming.takeFile(file)).toBe('left');
      expectToldWhy(name, was);
      expect(shown().at(-1)?.message).toMatch(/Check that it is a file, and still where it was\./);
    }
  });

  it('a picture that is damaged in the chunk with the pipeline is refused; one with a bad pipeline as well', async () => {
    const was = openText();
    const png = encode({ width: 2, height: 2, data: new Uint8Array(4), channels: 1 });
    const made = embedInPng(png, { pipeline: whole('mnist-latent.json'), run: null });
    const chunk = [...chunksOf(made)].find(({ type }) => type === 'iTXt');
    if (!chunk) throw new Error('No chunk holds the pipeline.');
    const at = made.length - png.length + 20;
    const damaged = made.slice();
    damaged[at] = (damaged[at] as number) ^ 0xff;
    expect((await drop('damaged.png', damaged, false, 'image/png')).outcome).toBe('left');
    expectToldWhy('damaged.png', was);
    const inside = (pipeline: string) => embedInPng(png, { pipeline, run: null }) as Uint8Array<ArrayBuffer>;
    expect((await drop('foreign.png', inside('[1, 2]'), false, 'image/png')).outcome).toBe('left');
    expectToldWhy('foreign.png', was);
    expect((await drop('plain.png', png as Uint8Array<ArrayBuffer>, false, 'image/png')).outcome).toBe('no pipeline');
    expect(openText()).toBe(was);
    expect((await drop('good.png', inside(whole('mnist-latent.json')), false, 'image/png')).outcome).toBe('opened');
  });

  it('a ZIP that is none leaves the library and the open pipeline, and says so', async () => {
    const was = openText();
    const { library, catalogue: types, notices } = tab.session;
    const count = (await library.documents.list()).length;
    for (const [name, bytes] of [
      ['not.zip', new TextEncoder().encode('PK? No.')],
      ['empty.zip', new Uint8Array(0)],
      ['cut.zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0])],
    ] as const) {
      await importWithNotice({ library, catalogue: types, notices }, new File([bytes], name));
      expect(shown().at(-1)).toMatchObject({ level: 'error', title: `${name} could not be read` });
      expect(shown().at(-1)?.message).toMatch(/no ZIP archive.*Choose a file that "Export all" wrote/);
      expect(openText()).toBe(was);
    }
    expect(await library.documents.list()).toHaveLength(count);
  });
});

describe('hostile texts', () => {
  it.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s as id, title, label, note, frame, key and type does no harm',
    async (_, text) => {
      const short = text.slice(0, 120) || 'x';
      const document = {
        schema: 1,
        title: text.slice(0, 300),
        description: text,
        nodes: [
          { id: short, type: text || 'x', v: 1, params: { [text]: text }, label: text.slice(0, 200) },
          { id: 'images', type: 'source.images', v: 1, params: { dataset: text, [text]: { [text]: 1 } } },
        ],
        wires: [{ id: short, from: { node: 'images', port: text || 'x' }, to: { node: short, port: text || 'x' } }],
        frames: [
          { id: short, title: text.slice(0, 200), nodes: [short], x: 0, y: 0, width: 9, height: 9, colour: text },
        ],
        notes: [{ id: `${short}`.slice(0, 119), text, x: 0, y: 0, width: 9, height: 9 }],
        [text]: text,
      };
      const was = openText();
      const { outcome } = await drop('hostile.json', JSON.stringify(document), true);
      if (text in {}) {
        // Tables by ids would find what every object has.
        expectToldWhy('hostile.json', was);
        expect(shown().at(-1)?.message).toMatch(/"nodes\[0\]\.id" cannot be as it is.*choose another \(line 1/);
        return;
      }
      expect(outcome).toBe('opened');
      expect(JSON.parse(openText())).toEqual(JSON.parse(JSON.stringify(document)));
      await expectHoldsTogether();
      expect(flowNodes(documentOf(tab.session), catalogue, new Set(), [])).toHaveLength(2);
      expect(({} as { pwned?: unknown }).pwned).toBeUndefined();
    },
  );
});
