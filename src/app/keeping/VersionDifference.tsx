/**
 * Two versions of a pipeline side by side: a picture of each with what differs marked by colour and sign, and below it the
 * list, field by field. Names of nodes that are in the open pipeline lead to them.
 */

import { useMemo } from 'react';
import { useSession } from '../../editor/hooks';
import { type DifferenceRow, describeDifference } from '../../editor/keeping/describe-difference';
import type { VersionPair } from '../../editor/keeping/keeping';
import { countDifference, documentDifference } from '../../graph/document-difference';
import { markSigns, marksOf } from '../../graph/graph-picture';
import { useColourScheme } from '../../panels/colour-scheme';
import { GraphThumb } from '../../panels/GraphThumb';
import classes from './Versions.module.css';

interface Props {
  readonly pair: VersionPair;
  /** Given, names of nodes are buttons that show them. */
  readonly onShow?: (node: string) => void;
}

const markWords = { added: 'Added', removed: 'Removed', changed: 'Changed' } as const;

export function VersionDifference({ pair: { before, after }, onShow }: Props) {
  const { catalogue } = useSession();
  const scheme = useColourScheme();
  const { rows, counts, marks } = useMemo(() => {
    const difference = documentDifference(before.document, after.document);
    return {
      rows: describeDifference(before.document, after.document, difference, catalogue),
      counts: countDifference(difference),
      marks: { before: marksOf(difference, 'before'), after: marksOf(difference, 'after') },
    };
  }, [before.document, after.document, catalogue]);
  return (
    <div className={classes.difference}>
      <p className={`${classes.counts} sl-number`} role="status">
        {rows.length === 0 && counts.moved === 0 ? (
          'The two are the same.'
        ) : (
          <>
            <span data-mark="added">+ {counts.added} added</span>
            <span data-mark="removed">− {counts.removed} removed</span>
            <span data-mark="changed">~ {counts.changed} changed</span>
            {counts.moved > 0 && <span>{counts.moved} moved on the canvas</span>}
          </>
        )}
      </p>
      <div className={classes.pair}>
        {(['before', 'after'] as const).map((side) => {
          const version = side === 'before' ? before : after;
          return (
            <figure key={side} className={classes.version}>
              <figcaption>
                <b>{side === 'before' ? 'Before' : 'After'}</b> {version.label}
              </figcaption>
              <div>
                <GraphThumb
                  document={version.document}
                  catalogue={catalogue}
                  scheme={scheme}
                  marks={marks[side]}
                  titles
                  label={`${version.label}: ${version.document.nodes.length} nodes, ${version.document.wires.length} wires`}
                />
              </div>
            </figure>
          );
        })}
      </div>
      {rows.length > 0 && (
        <ul className={classes.rows} aria-label="Differences">
          {rows.map((row) => (
            <Row key={row.id} row={row} {...(onShow ? { onShow } : {})} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ row, onShow }: { readonly row: DifferenceRow; readonly onShow?: (node: string) => void }) {
  const { document } = useSession();
  const { node } = row;
  const here = node !== null && document.store.getState().document.nodes.some(({ id }) => id === node);
  const kind = row.what === 'pipeline' ? '' : ` ${row.what}`;
  return (
    <li>
      <p>
        <span className={classes.sign} data-mark={row.mark} aria-hidden>
          {markSigns[row.mark]}
        </span>
        <span className={classes.kind}>
          {markWords[row.mark]}
          {kind}
        </span>
        {here && onShow ? (
          <button type="button" className={classes.name} onClick={() => onShow(node)}>
            {row.text}
          </button>
        ) : (
          <b>{row.text}</b>
        )}
      </p>
      {row.fields.length > 0 && (
        <table className={classes.fields}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {row.fields.map((field) => (
              <tr key={field.label}>
                <th scope="row">{field.label}</th>
                <td>{field.before}</td>
                <td>{field.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </li>
  );
}
