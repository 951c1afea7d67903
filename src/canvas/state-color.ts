/** The colour of a node's state, for places that are not its badge: the card's edge, the minimap. */
import type { NodeState } from '../editor/node-status';

export const stateColor = (state: NodeState): string => `var(--sl-state-${state})`;
