/** What the editor is in a few sentences, and every shortcut. */
import { Kbd, Modal } from '@mantine/core';
import { PortGlyph } from '../../canvas/PortGlyph';
import { type Chord, keyCaps, shortcuts } from '../../editor/shortcuts';
import { portKinds } from '../../kit/port-type';
import { kindStyles } from '../../panels/kind-style';
import classes from './Dialogs.module.css';

const isMac = (): boolean => /mac/i.test(navigator.platform);
const groups = ['Run', 'Edit', 'View', 'File'] as const;

export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Help" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={classes.intro}>
        A pipeline reads from left to right: images are encoded into spikes, spikes are read out, a model is trained to
        give the images back, and metrics say how well. Press Run to execute what is not stored yet; select a node to
        see its parameters, results and help.
      </p>
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
      <div className={classes.keys}>
        {groups.map((group) => (
          <section key={group} aria-label={`${group} keys`}>
            <h4>{group}</h4>
            <dl>
              {shortcuts
                .filter((entry) => entry.group === group)
                .map(({ action, label, chords }) => (
                  <div key={action}>
                    <dt>{label}</dt>
                    <dd>
                      {chords.map((chord, place) => (
                        <span key={`${action} ${chord.key} ${chord.shift ?? ''}`}>
                          {place > 0 && ' or '}
                          <Keys chord={chord} />
                        </span>
                      ))}
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

function Keys({ chord }: { chord: Chord }) {
  return (
    <span className={classes.chord}>
      {keyCaps(chord, isMac()).map((cap) => (
        <Kbd key={cap} size="xs">
          {cap}
        </Kbd>
      ))}
    </span>
  );
}
