import { describe, expect, it } from 'vitest';
import { actionFor, type KeyPress, keyCaps, shortcuts } from '../../../src/editor/shortcuts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});
const ctrl = { ctrlKey: true };

describe('shortcuts', () => {
  it('follow the conventions', () => {
    expect(actionFor(press('Enter', ctrl), false)).toBe('run');
    expect(actionFor(press('Enter', { shiftKey: true }), false)).toBe('run-selection');
    expect(actionFor(press('Enter', { ctrlKey: true, altKey: true }), false)).toBe('cancel');
    expect(actionFor(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('redo');
    expect(actionFor(press('y', { metaKey: true }), false)).toBe('redo');
    expect(actionFor(press('Delete'), false)).toBe('delete');
    expect(actionFor(press('Backspace'), false)).toBe('delete');
    expect(actionFor(press('?', { shiftKey: true }), false)).toBe('help');
    expect(actionFor(press('?'), false)).toBe('help');
  });

  it('leave a text field its own keys, except run, cancel, save and open', () => {
    expect(actionFor(press('z', ctrl), true)).toBeNull();
    expect(actionFor(press('a', ctrl), true)).toBeNull();
    expect(actionFor(press('Backspace'), true)).toBeNull();
    expect(actionFor(press('Enter', ctrl), true)).toBe('run');
    expect(actionFor(press('s', ctrl), true)).toBe('save');
  });

  it('do not fire with other modifiers', () => {
    expect(actionFor(press('z', { ctrlKey: true, altKey: true }), false)).toBeNull();
    expect(actionFor(press('Enter'), false)).toBeNull();
    expect(actionFor(press('Backspace', ctrl), false)).toBeNull();
  });

  it('never give one chord to two actions', () => {
    const chords = shortcuts.flatMap(({ chords: all }) => all.map((chord) => JSON.stringify(keyCaps(chord, false))));
    expect(new Set(chords).size).toBe(chords.length);
  });
});
