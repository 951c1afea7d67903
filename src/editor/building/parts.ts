/** What the parts of building share. */
import type { PipelineDocument } from '../../document/schema';
import type { Catalogue } from '../../kit/define-node';
import type { CanvasPort } from '../canvas-port';
import type { DocumentSession } from '../document-session';
import type { Edits } from '../edits';
import type { Habits } from '../habits';
import type { Notices } from '../notices';
import type { Selection } from '../selection-store';

export interface BuildingParts {
  readonly catalogue: Catalogue;
  readonly documents: DocumentSession;
  readonly edits: Edits;
  readonly selection: Selection;
  readonly notices: Notices;
  readonly canvas: CanvasPort;
  readonly habits: Habits;
}

export const documentIn = ({ documents }: BuildingParts): PipelineDocument => documents.store.getState().document;

/** "1 node", "3 nodes". */
export const countOf = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
