import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/editor/actions';
import { actionFor, type KeyPress, keyCaps } from '../../../src/editor/actions/keys';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});
const ctrl = { ctrlKey: true };
const idFor = (pressed: KeyPress, inField: boolean): string | null => actionFor(actions, pressed, inField)?.id ?? null;

describe('keys of actions', () => {
  it('follow the conventions', () => {
    expect(idFor(press('Enter', ctrl), false)).toBe('run');
    expect(idFor(press('Enter', { shiftKey: true }), false)).toBe('run-selection');
    expect(idFor(press('Enter', { ctrlKey: true, altKey: true }), false)).toBe('cancel');
    expect(idFor(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo');
    expect(idFor(press('y', { metaKey: true }), false)).toBe('redo');
    expect(idFor(press('Delete'), false)).toBe('delete');
    expect(idFor(press('Backspace'), false)).toBe('delete');
    expect(idFor(press('?', { shiftKey: true }), false)).toBe('help');
    expect(idFor(press('?'), false)).toBe('help');
    expect(idFor(press('m', ctrl), false)).toBe('mute');
    expect(idFor(press(' '), false)).toBe('add');
  });

  it('leave a text field its own keys, except run, cancel, save and open', () => {
    expect(idFor(press('z', ctrl), true)).toBeNull();
    expect(idFor(press('a', ctrl), true)).toBeNull();
    expect(idFor(press('Backspace'), true)).toBeNull();
    expect(idFor(press('Enter', ctrl), true)).toBe('run');
    expect(idFor(press('s', ctrl), true)).toBe('save');
  });

  it('do not fire with other modifiers', () => {
    expect(idFor(press('z', { ctrlKey: true, altKey: true }), false)).toBeNull();
    // Enter alone opens the focused node and runs nothing.
    expect(idFor(press('Enter'), false)).toBe('open-node');
    expect(idFor(press('Enter'), true)).toBeNull();
    expect(idFor(press('Backspace', ctrl), false)).toBeNull();
  });

  it('never give one chord to two actions', () => {
    const chords = actions.flatMap(({ chords: all }) => all.map((chord) => JSON.stringify(keyCaps(chord, false))));
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('have names of their own', () => {
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });
});
