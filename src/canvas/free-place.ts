/** Where a new card fits: in view, clear of the others, as near to the middle as can be. Pure. */
import type { Position } from '../document/schema';
import { cardWidth, typicalHeight } from './preview-choice';

export interface Box extends Position {
  readonly width: number;
  readonly height: number;
}

const margin = 24;
const step = 32;

const overlaps = (at: Position, box: Box): boolean =>
  at.x < box.x + box.width + margin &&
  at.x + cardWidth + margin > box.x &&
  at.y < box.y + box.height + margin &&
  at.y + typicalHeight + margin > box.y;

/** `view` and `cards` in document coordinates. In a full view: the middle, but never exactly on another card. */
export function freePlace(view: Box, cards: readonly Box[]): Position {
  const middle = { x: view.x + (view.width - cardWidth) / 2, y: view.y + (view.height - typicalHeight) / 2 };
  const candidates: Position[] = [];
  for (let x = view.x + margin; x + cardWidth + margin <= view.x + view.width; x += step) {
    for (let y = view.y + margin; y + typicalHeight + margin <= view.y + view.height; y += step)
      candidates.push({ x, y });
  }
  const distance = ({ x, y }: Position): number => Math.hypot(x - middle.x, y - middle.y);
  candidates.sort((a, b) => distance(a) - distance(b));
  let place = candidates.find((at) => !cards.some((card) => overlaps(at, card))) ?? middle;
  const hides = (): boolean =>
    cards.some((card) => Math.abs(card.x - place.x) < step / 2 && Math.abs(card.y - place.y) < step / 2);
  while (hides()) place = { x: place.x + step, y: place.y + step };
  return { x: Math.round(place.x), y: Math.round(place.y) };
}
