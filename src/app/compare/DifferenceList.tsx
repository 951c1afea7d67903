/** What differs between the results, upstream included: each setting that is not the same, with its value in each. */
import { useMemo } from 'react';
import { type DifferenceRow, differenceRows } from '../../editor/difference-rows';
import { useSession } from '../../editor/hooks';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import type { ComparedResult } from './use-results';

export function useDifferences(results: readonly ComparedResult[]): readonly DifferenceRow[] {
  const { catalogue } = useSession();
  return useMemo(
    () =>
      differenceRows(
        results.map(({ cone }) => cone),
        catalogue,
      ),
    [results, catalogue],
  );
}

interface Props {
  readonly results: readonly ComparedResult[];
  readonly rows: readonly DifferenceRow[];
}

export function DifferenceList({ results, rows }: Props) {
  const lost = results.filter(({ cone }) => cone === null);
  return (
    <section className={classes.differs} aria-label="What differs">
      <h3>What differs</h3>
      {rows.length === 0 ? (
        <p className={classes.dim}>
          {lost.length > 0
            ? 'The pipeline of an earlier run was not kept, so its parameters are not known.'
            : 'Nothing upstream differs: the results were made in the same way.'}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Setting</th>
              {results.map(({ place, entry }) => (
                <th key={entry.id} scope="col" title={entry.label}>
                  <Letter place={place} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, node, label, unit, values }, at) => (
              <tr key={key}>
                <th scope="row">
                  {node !== rows[at - 1]?.node && <span className={classes.owner}>{node}</span>}
                  {label}
                  {unit && <small> {unit}</small>}
                </th>
                {results.map(({ entry, place }) => (
                  <td key={entry.id} data-changed={values[place] !== values[0] || undefined}>
                    {values[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
