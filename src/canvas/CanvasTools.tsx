/** Zoom, fit, layout and minimap: small, at the lower left of the canvas. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHierarchy, IconMap, IconMaximize, IconMinus, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { Panel } from 'reactflow';
import { useLayout, useSession } from '../editor/hooks';
import { useHint } from '../panels/KeysOf';
import classes from './Canvas.module.css';

export function CanvasTools({ narrow }: { narrow: boolean }) {
  const session = useSession();
  const minimap = useLayout((state) => state.minimap);
  const fitHint = useHint('Fit the view', 'fit');
  const tidyHint = useHint('Lay out from left to right', 'tidy');
  const tool = (label: string, hint: string, Icon: TablerIcon, onClick: () => void, pressed?: boolean) => (
    <Tooltip label={hint}>
      <ActionIcon
        size={narrow ? 40 : 30}
        aria-label={label}
        onClick={onClick}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      >
        <Icon size={17} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Panel position="bottom-left" className={classes.tools}>
      {tool('Zoom in', 'Zoom in', IconPlus, () => session.canvas.current?.zoom(1))}
      {tool('Zoom out', 'Zoom out', IconMinus, () => session.canvas.current?.zoom(-1))}
      {tool('Fit view', fitHint, IconMaximize, () => session.canvas.current?.fit())}
      {tool('Lay out', tidyHint, IconHierarchy, () => session.building.tidy())}
      {!narrow &&
        tool(
          'Minimap',
          minimap ? 'Hide the minimap' : 'Show the minimap',
          IconMap,
          () => session.layout.setState({ minimap: !minimap }),
          minimap,
        )}
    </Panel>
  );
}
