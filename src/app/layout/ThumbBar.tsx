/** The bar at the lower edge of a narrow screen: panels, and Run in the middle of the thumb's reach. */
import { Button } from '@mantine/core';
import {
  IconAdjustments,
  IconBolt,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconTerminal2,
  type TablerIcon,
} from '@tabler/icons-react';
import { useIsRunning, useLayout, useResults, useSession } from '../../editor/hooks';
import type { MobilePanel } from '../../editor/layout-store';
import classes from './Layout.module.css';

export function ThumbBar() {
  const session = useSession();
  const open = useLayout((state) => state.mobile);
  const live = useLayout((state) => state.live);
  const running = useIsRunning();
  const cancelling = useResults(({ run }) => run.phase === 'cancelling');
  const panel = (name: Exclude<MobilePanel, null>, label: string, Icon: TablerIcon) => (
    <button
      type="button"
      className={classes.barButton}
      aria-pressed={open === name}
      onClick={() => session.layout.setState({ mobile: open === name ? null : name })}
    >
      <Icon size={20} stroke={1.8} aria-hidden />
      {label}
    </button>
  );
  return (
    <nav className={classes.bar} aria-label="Panels and run">
      {panel('nodes', 'Nodes', IconPlus)}
      {panel('inspector', 'Inspect', IconAdjustments)}
      {running ? (
        <Button
          h={48}
          variant="default"
          disabled={cancelling}
          leftSection={<IconPlayerStop size={18} />}
          onClick={() => session.runner.cancel()}
        >
          {cancelling ? 'Cancelling' : 'Cancel'}
        </Button>
      ) : (
        <Button h={48} leftSection={<IconPlayerPlay size={18} />} onClick={() => session.runner.run()}>
          Run
        </Button>
      )}
      <button type="button" className={classes.barButton} aria-pressed={live} onClick={() => session.live.toggle()}>
        <IconBolt size={20} stroke={1.8} aria-hidden />
        Live
      </button>
      {panel('log', 'Log', IconTerminal2)}
    </nav>
  );
}
