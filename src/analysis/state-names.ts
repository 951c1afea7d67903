/** Names for several networks in one figure, made of the constants in which they differ: "g = 5, θ = 20 mV". */
import { formatNumber, withUnit } from '../core/units';
import type { SpikesValue, SpikingNetwork } from '../kit/values';

/** g of Brunel: inhibitory over excitatory efficacy. NaN without recurrent excitation. */
export const inhExcRatio = ({ weightExc, weightInh }: SpikingNetwork): number =>
  // Weights are float32: their quotient is good to seven digits.
  weightExc > 0 ? Number((weightInh / weightExc).toPrecision(6)) : Number.NaN;

const described: readonly [symbol: string, unit: string, read: (network: SpikingNetwork) => number][] = [
  ['g', '1', inhExcRatio],
  ['J', 'mV', ({ weightExc }) => weightExc],
  ['θ', 'mV', ({ vThreshold }) => vThreshold],
  ['K', '1', ({ excInDegree }) => excInDegree],
  ['N', '1', ({ nExc, nInh }) => nExc + nInh],
  ['τm', 'ms', ({ tauMem }) => tauMem],
];

export function stateNames(states: readonly Pick<SpikesValue, 'network'>[]): string[] {
  const networks = states.map(({ network }) => network);
  const differing = described.filter(([, , read]) => {
    const values = networks.map((network) => (network ? formatNumber(read(network)) : ''));
    return values.some((value) => value !== values[0]);
  });
  const names = networks.map((network, state) => {
    if (!network) return `state ${state}`;
    const parts = (differing.length > 0 ? differing : described.slice(0, 1)).map(([symbol, unit, read]) => {
      return `${symbol} = ${withUnit(formatNumber(read(network)), unit)}`;
    });
    return parts.join(', ');
  });
  // Two that differ in nothing named (their seeds, say) are told apart by number.
  return names.map((name, state) => (names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}, ${state}`));
}
