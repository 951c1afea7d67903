/** The whole value as files, the same that the command line writes. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { describeFailure, toFailure } from '../../core/errors';
import { download } from '../../editor/file-io';
import { useSession } from '../../editor/hooks';
import type { ResultAt } from './use-look';

export function SaveFiles({ at: { resultKey, port }, name }: { readonly at: ResultAt; readonly name: string }) {
  const { client, notices } = useSession();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const files = await client.look(resultKey, port, { what: 'files', name });
      if (!files) throw new Error('The result is no longer in the store: run again.');
      download(new Blob([files.bytes], { type: files.type }), files.name);
      notices.show({ level: 'good', title: `Saved ${files.name}` });
    } catch (thrown) {
      notices.show({
        level: 'error',
        title: 'The result could not be saved',
        message: describeFailure(toFailure(thrown, { code: 'result.unsaved' })),
      });
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={13} />}
      title="Every value, as the command line saves it"
      loading={busy}
      onClick={save}
    >
      Save all values
    </Button>
  );
}
