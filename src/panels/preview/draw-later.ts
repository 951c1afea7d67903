/**
 * Drawings are made one per task, in the order they were asked for: a result that many pictures show never holds the
 * page for the sum of them.
 */
const waiting = new Set<() => void>();

function drawNext(): void {
  const [first] = waiting;
  if (!first) return;
  waiting.delete(first);
  if (waiting.size > 0) setTimeout(drawNext);
  first();
}

/** Calls `draw` soon, in a task of its own, unless the answer is called before. */
export function drawLater(draw: () => void): () => void {
  waiting.add(draw);
  if (waiting.size === 1) setTimeout(drawNext);
  return () => void waiting.delete(draw);
}
