/**
 * The sizes that a block takes its input through, in one line: "1,280 → 512 → 28×28". Layers without parameters keep or
 * repeat a size and are left out; the way back up of a U-Net repeats the way down and is said in words.
 */
import type { ItemShape } from '../../kit/blocks';
import type { BlockOutline } from '../../kit/preview';

/** "28×28×16"; a single channel goes without saying. */
export function shapeText(shape: ItemShape): string {
  const sizes = shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape;
  return sizes.map((size) => size.toLocaleString('en-US')).join('×');
}

export function layerSizes({ input, layers }: BlockOutline): string {
  const sizes = [...(input ? [shapeText(input)] : [])];
  for (const { outputShape, parameters } of layers) {
    const text = shapeText(outputShape);
    if (parameters > 0 && text !== sizes.at(-1)) sizes.push(text);
  }
  return shortened(sizes).join(' → ');
}

/** a b c d c b e: down to d and "back up" to e. */
function shortened(sizes: readonly string[]): readonly string[] {
  for (let start = 0; start < sizes.length; start++) {
    const inner = sizes.slice(start, -1);
    const middle = (inner.length - 1) / 2;
    if (inner.length < 5 || !Number.isInteger(middle)) continue;
    if (inner.every((size, index) => size === inner[inner.length - 1 - index])) {
      return [...sizes.slice(0, start), ...inner.slice(0, middle + 1), 'back up', ...sizes.slice(-1)];
    }
  }
  return sizes;
}
