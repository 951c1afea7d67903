/**
 * What follows from the encoder's parameters before anything runs: in-degrees, the drive that reaches threshold, and the
 * memory of the graph. Brunel 2000: nuThr = theta / (J C_E tauMem), here with theta = 20 mV whatever the threshold is.
 */
import { roundHalfToEven } from '../../src/core/round';
import type { DerivedFact } from '../../src/kit/define-node';
import type { ParamValues } from '../../src/kit/params';
import type { params } from './balanced-snn-params';

export type Params = ParamValues<typeof params>;

/** mV */
const thetaRef = 20;
const mega = 1e6;

function inDegree(p: Params, n: number): number {
  const most = p.multapses && p.connectivity === 'fixed-in-degree' && n > 1 ? n : Math.max(0, n - 1);
  return Math.min(roundHalfToEven(p.connectionProbability * n), most);
}

/** J as the network uses it, mV. */
function scaledEfficacy(p: Params, excInputs: number): number {
  if (p.weightScaling === 'fixed' || excInputs === 0) return p.jExc;
  const ratio = p.referenceInDegree / excInputs;
  return p.jExc * (p.weightScaling === '1/K' ? ratio : Math.sqrt(ratio));
}

/** Synapses (expected where connections are independent) and bytes of the graph: the drawing holds it twice. */
export function graphSize(p: Params): { readonly synapses: number; readonly bytes: number } {
  const unitCount = p.nExc + p.nInh;
  const synapses = unitCount * (inDegree(p, p.nExc) + inDegree(p, p.nInh));
  const perSynapse = (unitCount <= 65_536 ? 2 : 4) + (p.delayKind === 'uniform' ? 2 : 0) + (p.weightSpread > 0 ? 4 : 0);
  return { synapses, bytes: 2 * synapses * perSynapse };
}

export function factsOf(p: Params): DerivedFact[] {
  const excInputs = inDegree(p, p.nExc);
  const efficacy = scaledEfficacy(p, excInputs);
  const { synapses, bytes } = graphSize(p);
  const facts: DerivedFact[] = [
    { label: 'Inputs C_E', value: excInputs, unit: '1', help: 'Excitatory inputs of each neuron: ε N_E.' },
    { label: 'Inputs C_I', value: inDegree(p, p.nInh), unit: '1', help: 'Inhibitory inputs of each neuron: ε N_I.' },
    { label: 'Synapses', value: synapses, unit: '1', help: 'Of the whole network.' },
    { label: 'Memory', value: bytes / mega, unit: 'MB', help: 'Of the graph while it is drawn.' },
  ];
  if (p.weightScaling !== 'fixed') {
    facts.push({ label: 'Scaled J', value: efficacy, unit: 'mV', help: 'The efficacy as the network uses it.' });
  }
  if (excInputs > 0) {
    facts.unshift({
      label: 'ν_thr',
      value: (1000 * thetaRef) / (efficacy * excInputs * p.tauMem),
      unit: 'Hz',
      help: 'External rate per synapse that just reaches 20 mV: the drive η counts in it.',
    });
  }
  return facts;
}
