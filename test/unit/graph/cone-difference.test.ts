import { describe, expect, it } from 'vitest';
import { coneDifference } from '../../../src/graph/cone-difference';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const summary = (document: ReturnType<typeof pipeline>, a: string, b: string, other = document) =>
  coneDifference({ document, node: a }, { document: other, node: b }, testCatalogue).differences.map(
    ({ a: idA, b: idB, settings }) => [idA, idB, ...settings.map(({ name, a: x, b: y }) => `${name}: ${x} | ${y}`)],
  );

/** Two branches of scale nodes behind one constant. */
const two = pipeline(
  {
    source: { type: 'test.constant' },
    one: { type: 'test.scale', params: { gain: 2 } },
    sumOne: { type: 'test.add' },
    other: { type: 'test.scale', params: { gain: 3 } },
    sumOther: { type: 'test.add' },
  },
  [
    'source.series > one.series',
    'one.series > sumOne.a',
    'source.series > sumOne.b',
    'source.series > other.series',
    'other.series > sumOther.a',
    'source.series > sumOther.b',
  ],
);

describe('what differs upstream of two results', () => {
  it('is the parameter that is not the same, with its values; what they share is not looked at', () => {
    expect(summary(two, 'sumOne', 'sumOther')).toEqual([['one', 'other', 'gain: 2 | 3']]);
    expect(summary(two, 'sumOne', 'sumOne')).toEqual([]);
  });

  it('pairs nodes that stand for each other, from the results to the sources', () => {
    const { pairs } = coneDifference(
      { document: two, node: 'sumOne' },
      { document: two, node: 'sumOther' },
      testCatalogue,
    );
    expect(pairs).toEqual([
      ['sumOne', 'sumOther'],
      ['one', 'other'],
    ]);
  });

  it('compares complete parameters: a default that is written out is no difference', () => {
    const written = {
      ...two,
      nodes: two.nodes.map((node) => (node.id === 'source' ? { ...node, params: { value: 1 } } : node)),
    };
    expect(summary(two, 'sumOne', 'sumOne', written)).toEqual([]);
  });

  it('leaves out parameters that only change how a result is shown', () => {
    const red = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.constant', params: { colour: 'blue' } } });
    expect(summary(red, 'a', 'b')).toEqual([]);
  });

  it('knows a seed as one', () => {
    const seeds = pipeline({ a: { type: 'test.constant' }, b: { type: 'test.constant', params: { seed: 2 } } });
    const { differences } = coneDifference(
      { document: seeds, node: 'a' },
      { document: seeds, node: 'b' },
      testCatalogue,
    );
    expect(differences[0]?.settings).toMatchObject([{ name: 'seed', seed: true, a: '1', b: '2' }]);
  });

  it('steps over a node that only one side has', () => {
    const inserted = pipeline(
      {
        source: { type: 'test.constant' },
        gain: { type: 'test.scale', params: { gain: 2 } },
        slow: { type: 'test.slow' },
        otherGain: { type: 'test.scale', params: { gain: 5 } },
        endOne: { type: 'test.add' },
        endOther: { type: 'test.add' },
      },
      [
        'source.series > gain.series',
        'gain.series > slow.series',
        'slow.series > endOne.a',
        'source.series > otherGain.series',
        'otherGain.series > endOther.a',
      ],
    );
    expect(summary(inserted, 'endOne', 'endOther')).toEqual([
      ['gain', 'otherGain', 'gain: 2 | 5'],
      ['slow', null],
    ]);
    expect(summary(inserted, 'endOther', 'endOne')).toEqual([
      ['otherGain', 'gain', 'gain: 5 | 2'],
      [null, 'slow'],
    ]);
  });

  it('names another type in the same place, and another output of the same node', () => {
    const replaced = pipeline(
      {
        source: { type: 'test.constant' },
        scale: { type: 'test.scale' },
        slow: { type: 'test.slow' },
        a: { type: 'test.add' },
        b: { type: 'test.add' },
      },
      ['source.series > scale.series', 'source.series > slow.series', 'scale.series > a.a', 'slow.series > b.a'],
    );
    expect(summary(replaced, 'a', 'b')).toEqual([['scale', 'slow', 'type: Scale | Slow']]);
  });

  it('sees that a node is switched off', () => {
    const muted = {
      ...two,
      nodes: two.nodes.map((node) => (node.id === 'one' ? { ...node, mode: 'mute' as const } : node)),
    };
    expect(summary(two, 'sumOne', 'sumOne', muted)).toEqual([['one', 'one', 'mode: on | mute']]);
  });

  it('compares with an earlier version of the same document, node by node', () => {
    const earlier = {
      ...two,
      nodes: two.nodes.map((node) => (node.id === 'source' ? { ...node, params: { value: 7 } } : node)),
    };
    expect(summary(two, 'sumOne', 'sumOne', earlier)).toEqual([['source', 'source', 'value: 1 | 7']]);
  });
});
