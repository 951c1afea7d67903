/** The left panel, and its drawer on a narrow screen: the list of node types, and the pipeline as an outline. */
import { SegmentedControl } from '@mantine/core';
import { useLayout, useSession } from '../../editor/hooks';
import type { SideTab } from '../../editor/layout-store';
import { Outline } from '../outline/Outline';
import { Palette } from '../palette/Palette';
import classes from './SidePanel.module.css';

const tabs: readonly { readonly value: SideTab; readonly label: string }[] = [
  { value: 'nodes', label: 'Add nodes' },
  { value: 'outline', label: 'Outline' },
];

export function SidePanel({ onDone }: { onDone?: () => void }) {
  const { layout } = useSession();
  const side = useLayout((state) => state.side);
  const done = onDone ? { onDone } : {};
  return (
    <div className={classes.panel}>
      <SegmentedControl
        className={classes.tabs}
        size="xs"
        fullWidth
        aria-label="What the panel shows"
        data={[...tabs]}
        value={side}
        onChange={(value) => layout.setState({ side: value as SideTab })}
      />
      <div className={classes.body}>{side === 'nodes' ? <Palette {...done} /> : <Outline {...done} />}</div>
    </div>
  );
}
