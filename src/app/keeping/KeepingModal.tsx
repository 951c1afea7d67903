/** The window of this folder: wide, with a body of a fixed height that scrolls; the whole screen when it is narrow. */
import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
}

export function KeepingModal({ opened, onClose, title, children }: Props) {
  const narrow = useMediaQuery('(max-width: 820px)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="min(1040px, 94vw)"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': 'Close', size: narrow ? 44 : 'md' }}
    >
      {children}
    </Modal>
  );
}
