/** One run: what each node did and why, with which seeds, on what; and what can be done with it. */
import { Button } from '@mantine/core';
import { formatDuration } from '../../core/units';
import { useDocument, useSession } from '../../editor/hooks';
import { reopenRun } from '../../editor/keeping/reopen-run';
import { summariseNodes } from '../../editor/keeping/run-table';
import { documentOf } from '../../editor/run-entries';
import { nameAnywhere } from '../../graph/anywhere';
import type { RunRecord } from '../../library/library';
import classes from './Runs.module.css';
import { whenText } from './when';

interface Props {
  readonly record: RunRecord;
  readonly isPinned: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => void;
  readonly onExport: () => void;
}

export function RunDetail({ record, isPinned, onClose, onChanged, onExport }: Props) {
  const session = useSession();
  const { catalogue, keeping, library, notices } = session;
  const present = useDocument((state) => state.root);
  const ran = documentOf(record);
  const when = whenText(record.started);
  const nameOf = (id: string): string => (ran ? nameAnywhere(ran, id, catalogue) : id);
  const remove = () => {
    library.runs
      .remove(record.id)
      .then(() => {
        notices.announce('The run was deleted from the history.');
        onChanged();
      })
      .catch((thrown: Error) => notices.show({ level: 'warning', title: thrown.message }));
  };
  const seeds = Object.entries(record.seeds);
  return (
    <div className={classes.detail}>
      <p className={classes.summary}>
        {summariseNodes(record)}. {record.backend ? `${record.backend['name']}: ${record.backend['reason']}` : ''}
      </p>
      <div className={classes.buttons}>
        <Button
          disabled={!ran}
          onClick={async () => {
            if (await reopenRun(session, record, when)) onClose();
          }}
        >
          Open what ran
        </Button>
        <Button
          variant="default"
          disabled={!ran}
          onClick={() =>
            ran &&
            keeping.versions.setState({
              shown: {
                before: { label: `Run of ${when}`, document: ran },
                after: { label: 'As it is now', document: present },
              },
            })
          }
        >
          What differs from now
        </Button>
        <Button variant="default" onClick={onExport}>
          Save this record
        </Button>
        <Button
          variant="subtle"
          color="red"
          disabled={isPinned}
          title={isPinned ? 'Unpin it first' : undefined}
          onClick={remove}
        >
          Delete
        </Button>
      </div>
      <div className={classes.parts}>
        <table className={classes.nodes}>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">State</th>
              <th scope="col">Time</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(record.nodes).map(([id, node]) => (
              <tr key={id}>
                <th scope="row">{nameOf(id)}</th>
                <td>{String(node['state'] ?? '')}</td>
                <td className="sl-number">
                  {node['state'] === 'executed' && typeof node['ms'] === 'number' ? formatDuration(node['ms']) : ''}
                </td>
                <td>{String(node['error'] ?? node['reason'] ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <dl className={classes.facts}>
          <div>
            <dt>Seeds</dt>
            <dd className="sl-number">
              {seeds.length === 0 ? 'none' : seeds.map(([name, seed]) => `${name} ${seed}`).join(', ')}
            </dd>
          </div>
          <div>
            <dt>Pipeline</dt>
            <dd>
              <code>{record.documentHash.slice(0, 12)}</code>
            </dd>
          </div>
          <div>
            <dt>Versions of node types</dt>
            <dd>
              {Object.entries(record.versions)
                .map(([type, version]) => `${type} ${version}`)
                .join(', ')}
            </dd>
          </div>
        </dl>
      </div>
    </div>
  );
}
