/** The grid in which pictures of one shape come out largest. */

export interface PaneGrid {
  readonly columns: number;
  /** CSS pixels of one picture, without its caption. */
  readonly width: number;
  readonly height: number;
}

const gap = 10;
const caption = 24;

export function layOutPanes(
  box: { readonly width: number; readonly height: number },
  count: number,
  picture: { readonly width: number; readonly height: number },
): PaneGrid {
  let best: PaneGrid = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const width = (box.width - gap * (columns - 1)) / columns;
    const height = (box.height - gap * (rows - 1)) / rows - caption;
    const scale = Math.min(width / picture.width, height / picture.height);
    if (scale * picture.width > best.width)
      best = { columns, width: Math.floor(scale * picture.width), height: Math.floor(scale * picture.height) };
  }
  return best;
}
