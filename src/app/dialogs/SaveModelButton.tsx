/** Saves the trained model of an output to a file, which source.model reads again. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { describeFailure, toFailure } from '../../core/errors';
import type { ContentKey } from '../../core/ids';
import { useSession } from '../../editor/hooks';

interface Props {
  /** Null while there is no result. */
  readonly resultKey: ContentKey | null;
  readonly node: string;
  readonly port: string;
}

export function SaveModelButton({ resultKey, node, port }: Props) {
  const { client, notices } = useSession();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (resultKey === null) return;
    setBusy(true);
    try {
      const value = await client.value(resultKey, port);
      if (value?.kind !== 'model') throw new Error('The model is no longer in the store: run again.');
      const { saveModel } = await import('./save-model');
      const file = saveModel(value, `${node}.${port}`);
      notices.show({ level: 'good', title: `Saved ${file}`, message: 'The node "Model from a file" reads it.' });
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: 'The model could not be saved',
        message: describeFailure(toFailure(thrown, { code: 'model.unsaved' })),
      });
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={13} />}
      title="Blocks and weights as one file"
      disabled={resultKey === null}
      loading={busy}
      onClick={save}
    >
      Save model
    </Button>
  );
}
