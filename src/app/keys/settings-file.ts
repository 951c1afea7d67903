/** The settings of this browser as a file: backend, budgets and keys, to take to another one. Text is untrusted on the way in. */
import { type OwnKeys, readOwnKeys } from '../../editor/keymap';
import { readSettings, type SettingsState } from '../../editor/settings-store';

const mark = 'spikeloom-settings';

export interface SettingsFile {
  readonly settings: SettingsState;
  readonly keys: OwnKeys;
}

export const writeSettingsFile = ({ settings, keys }: SettingsFile): string =>
  `${JSON.stringify({ [mark]: 1, settings, keys }, null, 2)}\n`;

/** Throws in words where the text is something else. */
export function readSettingsFile(text: string): SettingsFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('It is not a JSON file.');
  }
  if (typeof value !== 'object' || value === null || !(mark in value))
    throw new Error('It does not hold settings of Spikeloom. Choose a file that was saved by "Save settings".');
  const { settings, keys } = value as Record<string, unknown>;
  return { settings: readSettings(settings), keys: readOwnKeys(keys) };
}
