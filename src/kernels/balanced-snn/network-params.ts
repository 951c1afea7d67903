/**
 * What a balanced network is made of. Defaults are the image encoder of science note 1.6 (balanced_small on a 32 x 32
 * lattice); a field that may be absent then means Brunel's model A: weights as given, Poisson input, one delay, delta
 * synapses. Circuits, plasticity and timed events are not here: they will be optional fields, absent meaning off.
 *
 * Source: Brunel 2000, J Comput Neurosci 8:183-208, model A.
 */
type Connectivity = 'fixed-in-degree' | 'bernoulli';
type WeightScaling = 'fixed' | '1/sqrtK' | '1/K';
type ExternalKind = 'poisson' | 'constant';
type Synapse = 'delta' | 'exponential';

export interface NetworkParams {
  readonly nExc: number;
  readonly nInh: number;
  /** epsilon: the fraction of each population that projects to a neuron, 0..1. */
  readonly connectionProbability: number;
  /** fixed-in-degree: every neuron has exactly C_E and C_I inputs. bernoulli: each pair is connected independently. */
  readonly connectivity: Connectivity;
  /** fixed-in-degree only: a source may connect to a neuron more than once. */
  readonly multapses: boolean;
  /** g: inhibitory over excitatory synaptic efficacy. */
  readonly inhExcRatio: number;
  /** J: excitatory efficacy, mV; with weightScaling, its value at referenceInDegree. */
  readonly jExc: number;
  /**
   * Standard deviation over mean of the efficacies: each synapse has a weight of its own, log-normal with mean J or g J.
   * External spikes keep J. Absent or 0: all synapses of a population are alike.
   */
  readonly weightSpread?: number;
  /** J C_E^0, J sqrt(referenceInDegree / C_E) or J referenceInDegree / C_E. Absent: fixed. */
  readonly weightScaling?: WeightScaling;
  /** C_E at which a scaled weight is jExc. Absent: 100. */
  readonly referenceInDegree?: number;
  /** Poisson spikes, or their mean added in every step. Absent: poisson. */
  readonly externalKind?: ExternalKind;
  /** mV above rest. */
  readonly vThreshold: number;
  /** mV relative to rest. */
  readonly vReset: number;
  /** ms. */
  readonly tauMem: number;
  /** ms. */
  readonly tRef: number;
  /** ms, at least dt. */
  readonly delay: number;
  /** ms: every synapse has a delay of its own, uniform over the whole steps from delay to this. Absent: all have delay. */
  readonly delayMax?: number;
  /** A spike moves the membrane at once, or through a current that decays exponentially. Absent: delta. */
  readonly synapse?: Synapse;
  /** Time constants of the currents, ms. Absent: 5. External spikes enter the excitatory current. */
  readonly tauSynExc?: number;
  readonly tauSynInh?: number;
  /** ms. */
  readonly dt: number;
  /** ms per item. */
  readonly duration: number;
  readonly seedNetwork: number;
  readonly seedInput: number;
  readonly seedInit: number;
}

export const defaultNetworkParams: NetworkParams = {
  nExc: 1024,
  nInh: 256,
  connectionProbability: 0.1,
  connectivity: 'fixed-in-degree',
  multapses: false,
  inhExcRatio: 5,
  jExc: 0.4,
  vThreshold: 20,
  vReset: 10,
  tauMem: 20,
  tRef: 2,
  delay: 1.5,
  dt: 0.1,
  duration: 250,
  seedNetwork: 1,
  seedInput: 1,
  seedInit: 1,
};
