/** One line per node: what it did in the last run and what it would do in the next one, each with the reason. */
import { useMemo } from 'react';
import { useResults, useSession } from '../../editor/hooks';
import { causesOf, type WhyEntry, whyRows } from '../../editor/why-rows';
import classes from './Log.module.css';

export function WhyTable({ onShow }: { readonly onShow: (node: string) => void }) {
  const { document } = useSession();
  const run = useResults((state) => state.run);
  const report = useResults((state) => state.report);
  const rows = useMemo(() => whyRows({ run, report }), [run, report]);
  if (rows.length === 0) return <p className={classes.whyHead}>There is no node yet.</p>;
  const willRun = rows.filter(({ next }) => next?.tone === 'run').length;
  const causes = causesOf(rows).map((node) => document.nameOf(node));
  return (
    <div className={classes.why}>
      <p className={classes.whyHead} role="status">
        {willRun === 0
          ? 'Nothing would run: every result that is wanted is stored.'
          : `${willRun} of ${rows.length} nodes would run. It begins at ${causes.slice(0, 3).join(', ')}${causes.length > 3 ? ` and ${causes.length - 3} more` : ''}.`}
      </p>
      <section className={classes.whyScroll} aria-label="Why each node runs">
        <table className={classes.whyTable}>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Last run</th>
              <th scope="col">Next run</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ node, last, next }) => (
              <tr key={node}>
                <th scope="row">
                  <button type="button" className={classes.whyNode} onClick={() => onShow(node)}>
                    {document.nameOf(node)}
                  </button>
                </th>
                <td>{last ? <Entry entry={last} /> : <span>Not in it.</span>}</td>
                <td>{next ? <Entry entry={next} /> : <span>Not known yet.</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

const Entry = ({ entry: { text, reason, tone } }: { readonly entry: WhyEntry }) => (
  <>
    <b data-tone={tone} className="sl-number">
      {text}
    </b>
    {reason && <span>{reason}</span>}
  </>
);
