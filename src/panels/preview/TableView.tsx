/** Rows of numbers: right aligned, sensible digits, units in a header that stays in sight. */
import { formatNumber } from '../../core/units';
import type { TablePreview } from '../../kit/preview';
import classes from './preview.module.css';
import { nodeBox, type PreviewSize } from './preview-props';
import { summarise } from './summary';
import { columnFormat, columnsThatFit, foldUnits, headerText } from './table-format';

/** Rows that a node has room for. */
const nodeRows = 5;

export function TableView({ preview, size }: { readonly preview: TablePreview; readonly size: PreviewSize }) {
  const node = size === 'node';
  const cells = node ? foldUnits({ ...preview, rows: preview.rows.slice(0, nodeRows) }) : preview;
  const { rows } = cells;
  const columns = node ? columnsThatFit(cells.columns, rows, nodeBox.width, 6.8, 7) : cells.columns;
  const formats = columns.map((column) => columnFormat(column, preview.rows));
  const hiddenColumns = cells.columns.length - columns.length;
  const hiddenRows = preview.totalRows - rows.length;
  const rest = [
    hiddenRows > 0 ? `${formatNumber(hiddenRows)} more ${hiddenRows === 1 ? 'row' : 'rows'}` : '',
    hiddenColumns > 0 ? `${hiddenColumns} more ${hiddenColumns === 1 ? 'column' : 'columns'}` : '',
  ].filter(Boolean);
  return (
    <div className={classes.stack} data-size={size}>
      {/* A region that scrolls must be reachable by keyboard; a node's table does not scroll. */}
      <div
        className={classes.tableScroll}
        {...(node ? {} : { tabIndex: 0, role: 'region', 'aria-label': summarise(preview) })}
      >
        <table className={classes.table}>
          <caption className={classes.hidden}>{summarise(preview)}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col" className={column.type === 'number' ? classes.right : undefined}>
                  {headerText(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={index}>
                {columns.map((column, place) => (
                  <td key={column.name} className={column.type === 'number' ? classes.right : undefined}>
                    {formats[place]?.(row[column.name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest.length > 0 && <div className={classes.note}>{rest.join(', ')}</div>}
    </div>
  );
}
