/** A whole table: filtered by words, sorted by any column, saved as CSV as it is shown. */
import { Button, Loader, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDownload, IconSelector } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatNumber } from '../../core/units';
import { writeCsv } from '../../data/csv';
import { download } from '../../editor/file-io';
import { columnFormat, headerText } from '../../panels/preview/table-format';
import { readRows, type Sorting } from './table-rows';
import { type ResultAt, useLook } from './use-look';
import classes from './Viewer.module.css';

const perPage = 100;

export function TableViewer({ at, name }: { readonly at: ResultAt; readonly name: string }) {
  const { look, state } = useLook(at, { what: 'table' });
  const [filter, setFilter] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [page, setPage] = useState(0);
  const rows = useMemo(() => (look ? readRows(look.columns, look.rows, filter, sorting) : []), [look, filter, sorting]);
  const formats = useMemo(() => look?.columns.map((column) => columnFormat(column, look.rows)) ?? [], [look]);
  if (!look)
    return state === 'gone' ? (
      <p className={classes.gone}>The table is no longer in the store: run again.</p>
    ) : (
      <Loader size="sm" />
    );
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const shown = rows.slice(page * perPage, (page + 1) * perPage);
  const sort = (column: string) => {
    setPage(0);
    setSorting((before) =>
      before?.column !== column ? { column, down: false } : before.down ? null : { column, down: true },
    );
  };
  const save = () => {
    const names = look.columns.map((column) => column.name);
    const cells = rows.map((row) => names.map((column) => row[column] ?? null));
    download(new Blob([writeCsv(names, cells)], { type: 'text/csv' }), `${name}.csv`);
  };
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          aria-label="Filter rows"
          placeholder="Filter rows"
          value={filter}
          onChange={(event) => {
            setPage(0);
            setFilter(event.currentTarget.value);
          }}
        />
        <Button size="compact-sm" variant="default" leftSection={<IconDownload size={13} />} onClick={save}>
          Save these rows as CSV
        </Button>
        <span className={classes.told} role="status" aria-label="Rows in view">
          {formatNumber(rows.length)} of {formatNumber(look.rows.length)} rows
        </span>
        {pages > 1 && (
          <>
            <Button size="compact-sm" variant="default" disabled={page === 0} onClick={() => setPage(page - 1)}>
              Previous page
            </Button>
            <span>
              Page {page + 1} of {pages}
            </span>
            <Button size="compact-sm" variant="default" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
              Next page
            </Button>
          </>
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a section would be a landmark of its own */}
      <div
        className={classes.scroll}
        role="region"
        aria-label="Table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table className={classes.table}>
          <thead>
            <tr>
              {look.columns.map((column) => {
                const own = sorting?.column === column.name ? sorting : null;
                const Icon = own ? (own.down ? IconArrowDown : IconArrowUp) : IconSelector;
                return (
                  <th
                    key={column.name}
                    scope="col"
                    data-number={column.type === 'number' || undefined}
                    aria-sort={own ? (own.down ? 'descending' : 'ascending') : 'none'}
                  >
                    <button type="button" onClick={() => sort(column.name)}>
                      {headerText(column)}
                      <Icon size={13} aria-hidden />
                    </button>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              <tr key={index}>
                {look.columns.map((column, place) => (
                  <td key={column.name} data-number={column.type === 'number' || undefined}>
                    {formats[place]?.(row[column.name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={classes.gone}>No row holds “{filter}”.</p>}
      </div>
    </div>
  );
}
