/** Over the canvas of a second tab: why nothing can be edited, and the way on. */
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useDocument, useSession } from '../../editor/hooks';
import classes from './Layout.module.css';

export function AccessBanner() {
  const session = useSession();
  const readOnly = useDocument((state) => state.access === 'read-only');
  if (!readOnly) return null;
  return (
    <div className={classes.banner} role="alert">
      <IconLock size={16} aria-hidden />
      <span>This pipeline is open in another tab, so it is read-only here.</span>
      <Button size="compact-xs" variant="default" onClick={() => session.keeper.fork()}>
        Work on a copy
      </Button>
    </div>
  );
}
