/** Building on the canvas beyond single edits: each method is one step of undo, announced. Actions and views call these. */
import { type Adding, createAdding } from './adding';
import { createFraming, type Framing } from './framing';
import { createMoving, type Moving } from './moving';
import type { BuildingParts } from './parts';
import { createRewiring, type Rewiring } from './rewiring';

export type Building = Adding & Rewiring & Moving & Framing;

export function createBuilding(parts: BuildingParts): Building {
  const adding = createAdding(parts);
  return { ...adding, ...createRewiring(parts), ...createMoving(parts, adding), ...createFraming(parts) };
}
