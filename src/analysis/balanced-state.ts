/**
 * The balanced state of binary units (van Vreeswijk and Sompolinsky 1996, 1998): K inputs from each population with
 * weights J / sqrt(K), J_EE = J_IE = 1. Excitation and inhibition cancel to order sqrt(K), which fixes the rates:
 *
 *   E m0 + m_E - J_E m_I = 0        I m0 + m_E - J_I m_I = 0
 *   m_E = (J_I E - J_E I) / (J_E - J_I) m0        m_I = (E - I) / (J_E - J_I) m0
 *
 * C. van Vreeswijk and H. Sompolinsky (1998), Neural Comput. 10:1321-1371.
 */

export interface BinaryNetwork {
  /** Strength of the external input to E and to I units. */
  readonly externalExc: number;
  readonly externalInh: number;
  /** Strength of inhibition onto E and onto I units, J_E and J_I. */
  readonly inhToExc: number;
  readonly inhToInh: number;
}

/** Mean activities at the external rate `m0`; null unless E / I > J_E / J_I > 1, where no balanced state exists. */
export function binaryBalancedRates(network: BinaryNetwork, m0: number): { exc: number; inh: number } | null {
  const { externalExc, externalInh, inhToExc, inhToInh } = network;
  const balanced = externalExc * inhToInh > inhToExc * externalInh && inhToExc > inhToInh;
  if (!balanced) return null;
  const scale = m0 / (inhToExc - inhToInh);
  return {
    exc: (inhToInh * externalExc - inhToExc * externalInh) * scale,
    inh: (externalExc - externalInh) * scale,
  };
}
