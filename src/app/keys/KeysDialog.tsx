/** The keys of every action: press new ones, take them from another action, give them back. */
import { Button, Modal, TextInput } from '@mantine/core';
import { IconRestore, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { type Action, actionGroups, type Chord } from '../../editor/actions/action';
import { chordOf, chordText, isModifier } from '../../editor/actions/keys';
import { useSession } from '../../editor/hooks';
import { search } from '../../editor/search';
import { Keys } from '../../panels/KeysOf';
import classes from './Keys.module.css';

export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {opened && <KeyTable />}
    </Modal>
  );
}

function KeyTable() {
  const { keymap, notices } = useSession();
  const { actions, own } = useStore(keymap.store);
  const [query, setQuery] = useState('');
  const found = search(query, actions, ({ label, keywords = [], chords }) => ({
    title: label,
    keywords: [...keywords, ...chords.map((chord) => chordText(chord))],
  }));
  const changed = Object.keys(own).length;
  return (
    <>
      <div className={classes.top}>
        <TextInput
          size="xs"
          className={classes.filter}
          aria-label="Search actions"
          placeholder="Search actions"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={changed === 0}
          leftSection={<IconRestore size={15} />}
          onClick={() => {
            keymap.reset();
            notices.announce('All keys are as they came.');
          }}
        >
          Reset all
        </Button>
      </div>
      {actionGroups.map((group) => {
        const rows = found.filter((action) => action.group === group);
        return rows.length === 0 ? null : (
          <section key={group} aria-label={`${group} keys`}>
            <h3 className={classes.group}>{group}</h3>
            <ul className={classes.rows}>
              {rows.map((action) => (
                <KeyRow key={action.id} action={action} changed={own[action.id] !== undefined} />
              ))}
            </ul>
          </section>
        );
      })}
      {found.length === 0 && <p className={classes.none}>No action is called “{query}”.</p>}
    </>
  );
}

function KeyRow({ action, changed }: { action: Action; changed: boolean }) {
  const { keymap, notices } = useSession();
  const [recording, setRecording] = useState(false);
  const [asked, setAsked] = useState<{ readonly chord: Chord; readonly other: Action } | null>(null);
  const take = (chord: Chord) => {
    keymap.assign(action.id, chord);
    setAsked(null);
    setRecording(false);
    notices.announce(`${action.label}: ${chordText(chord)}.`);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!recording) return;
    event.preventDefault();
    event.stopPropagation();
    if (isModifier(event.key)) return;
    const chord = chordOf(event);
    if (chord.key === 'escape' && !chord.mod && !chord.alt && !chord.shift) return setRecording(false);
    // Tab alone must stay the way out of anything.
    if (chord.key === 'tab') return;
    const other = keymap.conflict(action.id, chord);
    if (!other) return take(chord);
    setAsked({ chord, other });
    setRecording(false);
    notices.announce(`${chordText(chord)} is the key of ${other.label}.`);
  };
  return (
    <li className={classes.row}>
      <span className={classes.label}>{action.label}</span>
      <span className={classes.keys}>
        {action.chords.length === 0 && <span className={classes.none}>no key</span>}
        {action.chords.map((chord, place) => (
          <span key={JSON.stringify(chord)}>
            {place > 0 && ' or '}
            <Keys chord={chord} />
          </span>
        ))}
      </span>
      <span className={classes.buttons}>
        <Button
          size="compact-xs"
          variant={recording ? 'light' : 'default'}
          aria-pressed={recording}
          aria-label={recording ? `Press new keys for ${action.label}` : `Change the keys of ${action.label}`}
          onClick={() => {
            setAsked(null);
            setRecording(!recording);
            if (!recording) notices.announce('Press the new keys, or Escape.');
          }}
          onKeyDown={onKey}
          onBlur={() => setRecording(false)}
        >
          {recording ? 'Press keys…' : 'Change'}
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={action.chords.length === 0}
          aria-label={`No keys for ${action.label}`}
          onClick={() => keymap.clear(action.id)}
        >
          <IconTrash size={14} aria-hidden />
        </Button>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={!changed}
          aria-label={`Reset the keys of ${action.label}`}
          onClick={() => keymap.reset(action.id)}
        >
          <IconRestore size={14} aria-hidden />
        </Button>
      </span>
      {asked && (
        <span className={classes.conflict} role="alert">
          {chordText(asked.chord)} is the key of “{asked.other.label}”.
          <Button size="compact-xs" variant="light" onClick={() => take(asked.chord)}>
            Take it
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => setAsked(null)}>
            Leave it
          </Button>
        </span>
      )}
    </li>
  );
}
