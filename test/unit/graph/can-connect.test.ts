import { describe, expect, it } from 'vitest';
import { type ConnectValidity, canConnect } from '../../../src/graph/can-connect';
import { pipeline } from '../../support/document-samples';
import { testCatalogue } from '../../support/test-catalogue';

const document = pipeline(
  {
    c: { type: 'test.constant', label: 'Source' },
    scale: { type: 'test.scale' },
    scale2: { type: 'test.scale' },
    sum: { type: 'test.add' },
    all: { type: 'test.collect' },
    fine: { type: 'test.spikes', params: { dt: 0.1 } },
    coarse: { type: 'test.spikes', params: { dt: 1 } },
    compare: { type: 'test.compare' },
    fit: { type: 'test.fit' },
    odd: { type: 'future.node' },
  },
  ['c.series > scale.series', 'scale.series > sum.a', 'c.series > all.series', 'fine.spikes > compare.first'],
);

function ask(text: string): ConnectValidity {
  const [from, to] = text.split(' > ').map((end) => {
    const [node, port] = end.split('.');
    return { node: node as string, port: port as string };
  });
  if (!from || !to) throw new Error(text);
  return canConnect(document, testCatalogue, { from, to });
}

describe('canConnect', () => {
  it('allows what fits', () => {
    expect(ask('c.series > sum.b')).toEqual({ ok: true, replaces: [] });
    expect(ask('scale.series > all.series')).toEqual({ ok: true, replaces: [] });
    expect(ask('fine.spikes > compare.second')).toEqual({ ok: true, replaces: [] });
  });

  it('allows an occupied input for one wire and says which wire gives way', () => {
    expect(ask('c.series > sum.a')).toEqual({ ok: true, replaces: ['w1'] });
    // The wire that gives way cannot disagree in time step.
    expect(ask('coarse.spikes > compare.first')).toEqual({ ok: true, replaces: ['w3'] });
  });

  it.each([
    [
      'fine.spikes > fit.targets',
      'connect.kind',
      'Spikes cannot go into "Targets" of Fit, which takes images or labels.',
      'Wire an output that gives images or labels.',
      [],
    ],
    [
      'fine.spikes > fit.features',
      'connect.kind',
      'Spikes cannot go into "Features" of Fit, which takes features.',
      'Add a Spike readout between them.',
      ['test.readout'],
    ],
    [
      'sum.sum > scale.series',
      'connect.cycle',
      'This wire would close a loop: Scale (scale) → Add → Scale (scale). A pipeline only runs forward.',
      'Recurrence lives inside a node, not in the wires.',
      [],
    ],
    [
      'scale.series > scale.series',
      'connect.self',
      'Scale (scale) cannot be wired to itself.',
      'Recurrence lives inside a node, not in the wires.',
      [],
    ],
    ['c.current > sum.b', 'connect.unknown-port', 'Source has no output "current".', 'Its outputs are "series".', []],
    [
      'c.constructor > sum.b',
      'connect.unknown-port',
      'Source has no output "constructor".',
      'Its outputs are "series".',
      [],
    ],
    ['c.series > sum.c', 'connect.unknown-port', 'Add has no input "c".', 'Its inputs are "a" and "b".', []],
    ['sum.sum > c.series', 'connect.unknown-port', 'Source has no input "series".', 'It has no inputs at all.', []],
    [
      'c.series > all.series',
      'connect.duplicate',
      '"Series" of Source is already wired to "Series" of Collect.',
      undefined,
      [],
    ],
    [
      'c.series > gone.series',
      'connect.unknown-node',
      'There is no node "gone".',
      'Choose a node of this pipeline.',
      [],
    ],
    [
      'c.series > odd.in',
      'connect.unknown-type',
      'future.node has the type "future.node", which this version of Spikeloom does not know, so its ports cannot be checked.',
      'Update Spikeloom, or replace the node.',
      [],
    ],
    [
      'coarse.spikes > compare.second',
      'connect.dt',
      '"Second" of Compare gets spikes with a time step of 1 ms, but "First" has 0.1 ms.',
      'Give both the same time step first.',
      [],
    ],
  ])('refuses %s: %s', (text, code, reason, cure, adapters) => {
    expect(ask(text)).toEqual({ ok: false, code, reason, ...(cure === undefined ? {} : { cure }), adapters });
  });
});
