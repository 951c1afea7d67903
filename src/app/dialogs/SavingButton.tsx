/** A button that saves something to a file: busy meanwhile, and says what came of it. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { describeFailure, toFailure } from '../../core/errors';
import { useSession } from '../../editor/hooks';

interface Props {
  readonly label: string;
  readonly hint: string;
  /** "model", "result": what a failure is about. */
  readonly what: string;
  readonly disabled?: boolean;
  /** Throws what went wrong. */
  readonly save: () => Promise<{ readonly file: string; readonly message?: string }>;
}

export function SavingButton({ label, hint, what, disabled = false, save }: Props) {
  const { notices } = useSession();
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      const { file, message } = await save();
      notices.show({ level: 'good', title: `Saved ${file}`, ...(message === undefined ? {} : { message }) });
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: `The ${what} could not be saved`,
        message: describeFailure(toFailure(thrown, { code: `${what}.unsaved` })),
      });
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={13} />}
      title={hint}
      disabled={disabled}
      loading={busy}
      onClick={start}
    >
      {label}
    </Button>
  );
}
