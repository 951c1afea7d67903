import { describe, expect, it } from 'vitest';
import { type CommandItem, commandGroups } from '../../../src/app/commands/command-items';
import { readSettingsFile, writeSettingsFile } from '../../../src/app/keys/settings-file';
import { defaultSettings } from '../../../src/editor/settings-store';

const item = (id: string, kind: CommandItem['kind'], title: string, keywords: readonly string[] = []): CommandItem => ({
  id,
  kind,
  title,
  keywords,
});
const items = [
  item('action:run', 'action', 'Run'),
  item('action:tidy', 'action', 'Lay out from left to right', ['layout']),
  item('go:train', 'go', 'Train', ['train']),
  item('insert:learn.train', 'insert', 'Train', ['learn.train', 'fit']),
  item('pipeline:ridge', 'pipeline', 'Decoded by ridge regression'),
];

describe('what the palette shows', () => {
  it('is everything in short without a query, commands first', () => {
    expect(commandGroups(items, '').map(({ kind }) => kind)).toEqual(['action', 'go', 'insert', 'pipeline']);
  });
  it('is the best matches with one, the kind of the best first', () => {
    expect(commandGroups(items, 'train').map(({ kind }) => kind)).toEqual(['go', 'insert']);
    expect(commandGroups(items, 'ridge')[0]?.items.map(({ id }) => id)).toEqual(['pipeline:ridge']);
    expect(commandGroups(items, 'layout')[0]?.items[0]?.id).toBe('action:tidy');
    expect(commandGroups(items, 'zzz')).toEqual([]);
  });
  it('is never more than a person reads', () => {
    const many = Array.from({ length: 500 }, (_, k) => item(`insert:${k}`, 'insert', `Node ${k}`));
    expect(commandGroups(many, 'node').flatMap((group) => group.items)).toHaveLength(60);
  });
});

describe('a settings file', () => {
  const settings = { ...defaultSettings, backend: 'wasm' as const };
  const keys = { undo: [{ key: 'u', mod: true }] };
  it('brings settings and keys back', () => {
    expect(readSettingsFile(writeSettingsFile({ settings, keys }))).toEqual({ settings, keys });
  });
  it('that is something else is refused in words', () => {
    expect(() => readSettingsFile('{')).toThrow('It is not a JSON file.');
    expect(() => readSettingsFile('{"nodes":[]}')).toThrow(/does not hold settings/);
    expect(readSettingsFile('{"spikeloom-settings":1,"settings":{"backend":"x"},"keys":7}')).toEqual({
      settings: defaultSettings,
      keys: {},
    });
  });
});
