/** Saves the trained model of an output to a file, which source.model reads again. */
import type { ContentKey } from '../../core/ids';
import { useSession } from '../../editor/hooks';
import { SavingButton } from './SavingButton';

interface Props {
  /** Null while there is no result. */
  readonly resultKey: ContentKey | null;
  readonly node: string;
  readonly port: string;
}

export function SaveModelButton({ resultKey, node, port }: Props) {
  const { client } = useSession();
  const save = async () => {
    const value = resultKey === null ? null : await client.value(resultKey, port);
    if (value?.kind !== 'model') throw new Error('The model is no longer in the store: run again.');
    const { saveModel } = await import('./save-model');
    return { file: saveModel(value, `${node}.${port}`), message: 'The node "Model from a file" reads it.' };
  };
  return (
    <SavingButton
      label="Save model"
      hint="Blocks and weights as one file"
      what="model"
      disabled={resultKey === null}
      save={save}
    />
  );
}
