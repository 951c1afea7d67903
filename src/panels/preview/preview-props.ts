/** What every view of a preview is given, and the box that a node keeps free for it. */
import type { ColourScheme } from '../kind-style';

/** node: a fixed box. panel: as wide as its parent. full: the same, taller, with everything labelled. */
export type PreviewSize = 'node' | 'panel' | 'full';

/** CSS pixels. */
export const nodeBox = { width: 248, height: 140 } as const;

export interface ViewProps<P> {
  readonly preview: P;
  readonly size: PreviewSize;
  readonly scheme: ColourScheme;
}
