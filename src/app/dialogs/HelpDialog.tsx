/** What the editor is in a few sentences, and every shortcut. */
import { Button, Modal } from '@mantine/core';
import { useStore } from 'zustand';
import { PortGlyph } from '../../canvas/PortGlyph';
import { actionGroups } from '../../editor/actions/action';
import { fixedKeys } from '../../editor/actions/fixed-keys';
import { useSession } from '../../editor/hooks';
import { portKinds } from '../../kit/port-type';
import { Keys } from '../../panels/KeysOf';
import { kindStyles } from '../../panels/kind-style';
import { LessonList } from '../lessons/LessonList';
import classes from './Dialogs.module.css';

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const session = useSession();
  const actions = useStore(session.keymap.store, (state) => state.actions);
  return (
    <Modal opened={opened} onClose={onClose} title="Help" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={classes.intro}>
        A pipeline reads from left to right: images are encoded into spikes, spikes are read out, a model is trained to
        give the images back, and metrics say how well. Press Run to execute what is not stored yet; select a node to
        see its parameters, results and help.
      </p>
      <LessonList onStart={onClose} />
      <h3 className={classes.heading}>Wires</h3>
      <ul className={classes.legend}>
        {portKinds.map((kind) => (
          <li key={kind}>
            <PortGlyph kind={kind} size={13} />
            <span>
              <b>{kindStyles[kind].label}</b> {kindStyles[kind].help}
            </span>
          </li>
        ))}
      </ul>
      <h3 className={classes.heading}>Keys</h3>
      <p className={classes.intro}>
        They work while no text field has the focus. Almost everything here is also a command of the palette.{' '}
        <Button size="compact-xs" variant="light" onClick={() => session.dialogs.setState({ open: 'keys' })}>
          Change keys
        </Button>
      </p>
      <div className={classes.keys}>
        {actionGroups.map((group) => (
          <section key={group} aria-label={`${group} keys`}>
            <h4>{group}</h4>
            <dl>
              {actions
                .filter((entry) => entry.group === group && entry.chords.length > 0)
                .map(({ id, label, chords }) => (
                  <div key={id}>
                    <dt>{label}</dt>
                    <dd>
                      {chords.map((chord, place) => (
                        <span key={JSON.stringify(chord)}>
                          {place > 0 && ' or '}
                          <Keys chord={chord} />
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              {fixedKeys
                .filter((entry) => entry.group === group)
                .map(({ label, chord }) => (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd>
                      <Keys chord={chord} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
