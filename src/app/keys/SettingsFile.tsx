/** In the settings: the way to the keys, and all settings to and from a file. */
import { Button, FileButton } from '@mantine/core';
import { useStore } from 'zustand';
import { toFailure } from '../../core/errors';
import { download } from '../../editor/file-io';
import { useSession } from '../../editor/hooks';
import classes from '../dialogs/Dialogs.module.css';
import keys from './SettingsFile.module.css';
import { readSettingsFile, writeSettingsFile } from './settings-file';

export function SettingsFile() {
  const session = useSession();
  const changed = useStore(session.keymap.store, ({ own }) => Object.keys(own).length);
  const save = () => {
    const text = writeSettingsFile({
      settings: session.settings.store.getState(),
      keys: session.keymap.store.getState().own,
    });
    download(new Blob([text], { type: 'application/json' }), 'spikeloom-settings.json');
  };
  const read = async (file: File | null) => {
    if (!file) return;
    try {
      const { settings, keys: own } = readSettingsFile(await file.text());
      session.settings.change(settings);
      session.keymap.replace(own);
      session.notices.show({ level: 'good', title: `Took the settings of ${file.name}` });
    } catch (thrown) {
      session.notices.show({
        level: 'error',
        title: `${file.name} could not be read`,
        message: `${toFailure(thrown).message} The settings are unchanged.`,
      });
    }
  };
  return (
    <div>
      <p className={classes.label}>Keys and files</p>
      <p className={classes.note}>
        {changed === 0
          ? 'All keys are as they came.'
          : `${changed} ${changed === 1 ? 'action has' : 'actions have'} keys of your own.`}{' '}
        A file takes keys and settings to another browser.
      </p>
      <div className={keys.buttons}>
        <Button variant="default" onClick={() => session.dialogs.setState({ open: 'keys' })}>
          Change keys
        </Button>
        <Button variant="default" onClick={save}>
          Save settings
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void read(file)}>
          {(props) => (
            <Button variant="default" {...props}>
              Read settings
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  );
}
