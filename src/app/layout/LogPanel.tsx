/** The run log below the canvas, or in its drawer. */
import { CloseButton } from '@mantine/core';
import { useResults, useSession } from '../../editor/hooks';
import { RunLog } from '../../panels/RunLog';
import classes from './Log.module.css';

export function LogPanel({ bare = false }: { bare?: boolean }) {
  const session = useSession();
  const rows = useResults(({ run }) => run.log);
  const show = (node: string) => {
    session.selection.set([node]);
    session.canvas.current?.show(node);
  };
  return (
    <div className={classes.panel}>
      <div className={classes.body}>
        <RunLog rows={rows} nameOf={session.document.nameOf} onSelectNode={show} onClear={session.results.clearLog} />
      </div>
      {!bare && (
        <CloseButton
          className={classes.close}
          size="sm"
          aria-label="Close the run log"
          onClick={() => session.layout.setState({ log: false })}
        />
      )}
    </div>
  );
}
