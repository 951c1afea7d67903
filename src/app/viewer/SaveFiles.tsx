/** The whole value as files, the same that the command line writes. */
import { download } from '../../editor/file-io';
import { useSession } from '../../editor/hooks';
import { SavingButton } from '../dialogs/SavingButton';
import type { ResultAt } from './use-look';

export function SaveFiles({ at: { resultKey, port }, name }: { readonly at: ResultAt; readonly name: string }) {
  const { client } = useSession();
  const save = async () => {
    const files = await client.look(resultKey, port, { what: 'files', name });
    if (!files) throw new Error('The result is no longer in the store: run again.');
    download(new Blob([files.bytes], { type: files.type }), files.name);
    return { file: files.name };
  };
  return (
    <SavingButton label="Save all values" hint="Every value, as the command line saves it" what="result" save={save} />
  );
}
