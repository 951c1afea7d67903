/** What the parameters of the balanced encoder must fulfil together; each alone is held by its range. */
import { formatBytes } from '../../src/core/units';
import type { Refusal } from '../../src/core/validity';
import { graphSize, type Params } from './balanced-snn-facts';

/** A WebAssembly memory ends at 4 GiB, and each thread holds the graph beside its state. */
const maxGraphBytes = 3e9;

const no = (param: keyof Params, code: string, reason: string, cure: string): Refusal & { param: string } => ({
  ok: false,
  code: `encoder.${code}`,
  param,
  reason,
  cure,
});

function notInFixedPoint(p: Params): (Refusal & { param: string }) | null {
  const refuse = (param: keyof Params, what: string) =>
    no(
      param,
      'fixed-point',
      `Fixed-point arithmetic does not simulate ${what}.`,
      'Choose floating point, or a network without it.',
    );
  if (p.synapse !== 'delta') return refuse('synapse', 'exponential synapses');
  return p.weightSpread > 0 ? refuse('weightSpread', 'weights that differ') : null;
}

/** The first contradiction, or null. */
export function checkParams(p: Params): (Refusal & { param: string }) | null {
  if (p.discard >= p.duration) {
    return no(
      'discard',
      'discard',
      `Nothing is left to count: ${p.discard} ms are left out of ${p.duration} ms.`,
      'Lower the part left out, or raise the duration.',
    );
  }
  if (p.delay < p.dt) {
    return no(
      'delay',
      'delay',
      `The delay (${p.delay} ms) is shorter than the time step (${p.dt} ms).`,
      'Raise the delay or lower the time step.',
    );
  }
  if (p.delayKind === 'uniform' && p.delayMax < p.delay) {
    return no(
      'delayMax',
      'delay-range',
      `The longest delay (${p.delayMax} ms) is below the shortest one (${p.delay} ms).`,
      'Raise the longest delay, or let all delays be alike.',
    );
  }
  if (p.vReset >= p.vThreshold) {
    return no(
      'vReset',
      'reset',
      `The reset (${p.vReset} mV) is not below the threshold (${p.vThreshold} mV).`,
      'Lower the reset, or raise the threshold.',
    );
  }
  const beyondIntegers = p.arithmetic === 'fixed' ? notInFixedPoint(p) : null;
  if (beyondIntegers) return beyondIntegers;
  const { synapses, bytes } = graphSize(p);
  if (bytes > maxGraphBytes) {
    return no(
      'connectionProbability',
      'memory',
      `${synapses.toLocaleString('en-US')} synapses take ${formatBytes(bytes)}; at most ${formatBytes(maxGraphBytes)} fit.`,
      'Lower the connection probability or the number of neurons.',
    );
  }
  if (p.recordNeurons > p.nExc + p.nInh) {
    return no(
      'recordNeurons',
      'record',
      `${p.recordNeurons} neurons cannot be recorded: there are ${p.nExc + p.nInh}.`,
      'Record fewer neurons.',
    );
  }
  return null;
}
