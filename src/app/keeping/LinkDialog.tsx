/** The link in a field, where the browser did not let the page write to the clipboard. */
import { Modal, Textarea } from '@mantine/core';
import { useStore } from 'zustand';
import { useSession } from '../../editor/hooks';
import classes from './Keeping.module.css';

export function LinkDialog() {
  const { sharing } = useSession().keeping;
  const link = useStore(sharing.store, (state) => state.link);
  return (
    <Modal
      opened={link !== null}
      onClose={() => sharing.store.setState({ link: null })}
      title="Copy the link"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={classes.note}>This browser keeps pages from the clipboard: copy the link from here.</p>
      <Textarea
        aria-label="Link to this pipeline"
        readOnly
        autosize
        minRows={3}
        maxRows={8}
        value={link ?? ''}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
    </Modal>
  );
}
