/** The whole value as files, the same that the command line writes; pictures among them carry the pipeline. */
import { download } from '../../editor/file-io';
import { useSession } from '../../editor/hooks';
import { SavingButton } from '../dialogs/SavingButton';
import { originOf } from '../keeping/origin';
import type { ResultAt } from './use-look';

interface Props {
  readonly at: ResultAt;
  readonly node: string;
  readonly name: string;
}

export function SaveFiles({ at: { resultKey, port }, node, name }: Props) {
  const session = useSession();
  const save = async () => {
    const origin = await originOf(session, node, resultKey);
    const files = await session.client.look(resultKey, port, { what: 'files', name, origin });
    if (!files) throw new Error('The result is no longer in the store: run again.');
    download(new Blob([files.bytes], { type: files.type }), files.name);
    return { file: files.name };
  };
  return (
    <SavingButton label="Save all values" hint="Every value, as the command line saves it" what="result" save={save} />
  );
}
