/** Below the canvas, or in its drawer: the run log, and why each node ran or will. */
import { CloseButton, SegmentedControl } from '@mantine/core';
import { useLayout, useResults, useSession } from '../../editor/hooks';
import type { LowerTab } from '../../editor/layout-store';
import { RunLog } from '../../panels/RunLog';
import classes from './Log.module.css';
import { WhyTable } from './WhyTable';

export function LogPanel({ bare = false }: { bare?: boolean }) {
  const session = useSession();
  const tab = useLayout((state) => state.lower);
  const rows = useResults(({ run }) => run.log);
  const show = (node: string) => {
    session.selection.set([node]);
    session.canvas.current?.show(node);
  };
  return (
    <div className={bare ? classes.stacked : classes.panel}>
      <SegmentedControl
        className={classes.tabs}
        size="xs"
        orientation={bare ? 'horizontal' : 'vertical'}
        aria-label="What the panel shows"
        value={tab}
        onChange={(value) => session.layout.setState({ lower: value as LowerTab })}
        data={[
          { value: 'log', label: 'Log' },
          { value: 'why', label: 'Why' },
        ]}
      />
      <div className={classes.body}>
        {tab === 'log' ? (
          <RunLog rows={rows} nameOf={session.document.nameOf} onSelectNode={show} onClear={session.results.clearLog} />
        ) : (
          <WhyTable onShow={show} />
        )}
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
