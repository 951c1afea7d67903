/** What can be done with a frame and the nodes in it. */
import { Menu } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconBorderOuter,
  IconBoxOff,
  IconCopy,
  IconDotsVertical,
  IconPencil,
  IconPlayerPlay,
  IconPower,
  IconSelectAll,
  IconVolumeOff,
} from '@tabler/icons-react';
import type { DocumentFrame } from '../document/schema';
import { useDocument, useIsRunning, useSession } from '../editor/hooks';
import { KeysOf } from '../panels/KeysOf';
import { frameColours } from './frame-colours';
import cardClasses from './NodeCard.module.css';
import classes from './Objects.module.css';

export function FrameMenu({ frame, objectKey }: { frame: DocumentFrame; objectKey: string }) {
  const { building, canvas, renaming, runner, selection } = useSession();
  const running = useIsRunning();
  const readOnly = useDocument((state) => state.access === 'read-only');
  const collapsed = frame.collapsed !== undefined;
  const { id, title, colour = 'grey' } = frame;
  const nodes = () => building.nodesOf(id);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button
          type="button"
          className={`${cardClasses.menuButton} nodrag nopan`}
          aria-label={`Actions for frame ${title}`}
        >
          <IconDotsVertical size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="nodrag nopan nowheel">
        <Menu.Item
          leftSection={<IconPlayerPlay size={15} />}
          disabled={running || frame.nodes.length === 0}
          onClick={() => runner.run({ to: [...nodes()] })}
        >
          Run these nodes
        </Menu.Item>
        <Menu.Item leftSection={<IconVolumeOff size={15} />} onClick={() => building.setFrameMode(id, 'mute')}>
          Mute these nodes
        </Menu.Item>
        <Menu.Item leftSection={<IconPower size={15} />} onClick={() => building.setFrameMode(id, 'on')}>
          Switch these nodes on
        </Menu.Item>
        <Menu.Item leftSection={<IconSelectAll size={15} />} onClick={() => selection.set(nodes())}>
          Select these nodes
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colour</Menu.Label>
        <div className={classes.swatches}>
          {frameColours.map((name) => (
            <Menu.Item
              key={name}
              className={classes.swatch}
              data-colour={name}
              aria-label={name === colour ? `${name}, now` : name}
              data-now={name === colour}
              title={name}
              onClick={() => building.changeFrame(id, { colour: name })}
            >
              <span />
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPencil size={15} />}
          rightSection={<KeysOf action="rename" />}
          onClick={() => renaming.setState({ node: objectKey })}
        >
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={collapsed ? <IconArrowsMaximize size={15} /> : <IconArrowsMinimize size={15} />}
          rightSection={<KeysOf action="frame-collapse" />}
          disabled={readOnly}
          onClick={() => {
            building.collapseFrame(id, !collapsed);
            canvas.current?.focus(objectKey);
          }}
        >
          {collapsed ? 'Expand' : 'Collapse'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} />}
          rightSection={<KeysOf action="duplicate" />}
          disabled={readOnly}
          onClick={() => building.duplicateFrame(id)}
        >
          Duplicate
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBorderOuter size={15} />}
          disabled={collapsed}
          onClick={() => building.fitFrame(id)}
        >
          Fit around its nodes
        </Menu.Item>
        <Menu.Item leftSection={<IconBoxOff size={15} />} onClick={() => building.removeFrame(id)}>
          Remove, keep the nodes
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
