import { describe, expect, it } from 'vitest';
import { actions } from '../../../src/editor/actions';
import { chordOf, chordText, clipboardEventOf, sameChord } from '../../../src/editor/actions/keys';
import { assign, conflictOf, readOwnKeys, restore, withOwnKeys } from '../../../src/editor/keymap';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const chordsOf = (own: Parameters<typeof withOwnKeys>[1], id: string) =>
  withOwnKeys(actions, own).find((action) => action.id === id)?.chords;

describe('keys of one’s own', () => {
  it('take the place of the table’s', () => {
    const own = assign(actions, {}, 'duplicate', { key: 'j', mod: true });
    expect(chordsOf(own, 'duplicate')).toEqual([{ key: 'j', mod: true }]);
    expect(chordsOf(own, 'undo')).toEqual([{ key: 'z', mod: true }]);
  });

  it('tell who has a chord, and take it from there', () => {
    const chord = { key: 'z', mod: true };
    expect(conflictOf(actions, 'duplicate', chord)?.id).toBe('undo');
    expect(conflictOf(actions, 'undo', chord)).toBeNull();
    const own = assign(actions, {}, 'duplicate', chord);
    expect(chordsOf(own, 'undo')).toEqual([]);
    expect(conflictOf(withOwnKeys(actions, own), 'undo', chord)?.id).toBe('duplicate');
  });

  it('leave an action its other chords', () => {
    const own = assign(actions, {}, 'duplicate', { key: 'y', mod: true });
    expect(chordsOf(own, 'redo')).toEqual([{ key: 'z', mod: true, shift: true }]);
  });

  it('are given back, also by who took them', () => {
    const own = assign(actions, {}, 'duplicate', { key: 'z', mod: true });
    const back = restore(actions, own, 'undo');
    expect(chordsOf(back, 'undo')).toEqual([{ key: 'z', mod: true }]);
    expect(chordsOf(back, 'duplicate')).toEqual([]);
    expect(chordsOf(restore(actions, back, 'duplicate'), 'duplicate')).toEqual([{ key: 'd', mod: true }]);
  });

  it('are read from what was stored, without what is no chord', () => {
    expect(readOwnKeys({ undo: [{ key: 'u' }, { key: 3 }, null, { key: 'x', mod: 'yes' }], redo: 'x' })).toEqual({
      undo: [{ key: 'u' }],
    });
    for (const nonsense of [null, 3, 'x', []]) expect(readOwnKeys(nonsense)).toEqual({});
  });
});

describe('chords', () => {
  it('are recorded from presses; signs without the Shift that types them', () => {
    expect(chordOf({ ...none, key: 'K', ctrlKey: true, shiftKey: true })).toEqual({ key: 'k', mod: true, shift: true });
    expect(chordOf({ ...none, key: '+', metaKey: true, shiftKey: true })).toEqual({ key: '+', mod: true });
    expect(chordOf({ ...none, key: ' ', shiftKey: true })).toEqual({ key: ' ', shift: true });
    expect(sameChord({ key: '?', shift: true }, { key: '?' })).toBe(true);
    expect(sameChord({ key: 'a', shift: true }, { key: 'a' })).toBe(false);
  });

  it('become the clipboard’s events where a browser makes one of them', () => {
    expect(clipboardEventOf({ key: 'c', mod: true })).toBe('copy');
    expect(clipboardEventOf({ key: 'x', mod: true })).toBe('cut');
    expect(clipboardEventOf({ key: 'v', mod: true })).toBe('paste');
    expect(clipboardEventOf({ key: 'v', mod: true, shift: true })).toBe('paste');
    for (const chord of [{ key: 'c' }, { key: 'c', mod: true, shift: true }, { key: 'v', mod: true, alt: true }])
      expect(clipboardEventOf(chord)).toBeNull();
    expect(clipboardEventOf({ key: 'constructor', mod: true })).toBeNull();
  });

  it('are written as they stand on the keys', () => {
    expect(chordText({ key: 'z', mod: true, shift: true }, false)).toBe('Ctrl+Shift+Z');
    expect(chordText({ key: 'z', mod: true }, true)).toBe('⌘Z');
    expect(chordText({ key: 'arrowleft', alt: true }, false)).toBe('Alt+←');
    expect(chordText({ key: 'f2' }, false)).toBe('F2');
  });
});
