/** Which published setting the values are, or which one they started from; choosing one sets its parameters. */
import { Button, Menu } from '@mantine/core';
import { IconAdjustments, IconCheck, IconChevronDown } from '@tabler/icons-react';
import type { Preset } from '../../kit/define-node';
import { type ParamShape, paramMeta } from '../../kit/params';
import { matchPreset, type Values } from './param-logic';
import classes from './params.module.css';

export interface PresetChooserProps {
  readonly presets: readonly Preset[];
  readonly params: ParamShape;
  readonly values: Values;
  readonly disabled: boolean;
  readonly onPreset: (preset: Preset) => void;
}

const labelStyle = { label: { flex: '1 1 0', minWidth: 0 } } as const;

export function PresetChooser({ presets, params, values, disabled, onPreset }: PresetChooserProps) {
  const match = matchPreset(presets, values);
  if (!match) return null;
  const text = match.kind === 'exact' ? match.preset.label : `Custom (from ${match.preset.label})`;
  const labels = (names: readonly string[]): string =>
    names
      .map((name) => {
        const schema = params[name];
        return schema ? paramMeta(schema).label : name;
      })
      .join(', ');
  const note =
    match.kind === 'exact'
      ? match.preset.help
      : match.changed.length <= 4
        ? `Differs in ${labels(match.changed)}.`
        : `Differs in ${match.changed.length} parameters.`;
  return (
    <div className={classes.presets}>
      <Menu position="bottom-start" width="target" disabled={disabled}>
        <Menu.Target>
          <Button
            fullWidth
            variant="default"
            justify="space-between"
            styles={labelStyle}
            disabled={disabled}
            leftSection={<IconAdjustments size={15} />}
            rightSection={<IconChevronDown size={14} />}
            aria-label={`Preset: ${text}`}
          >
            <span className={classes.presetText}>{text}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={classes.presetList}>
          {presets.map((preset) => {
            const chosen = match.kind === 'exact' && match.preset.id === preset.id;
            return (
              <Menu.Item
                key={preset.id}
                onClick={() => onPreset(preset)}
                rightSection={chosen ? <IconCheck size={14} /> : undefined}
              >
                <div>{preset.label}</div>
                <div className={classes.optionHelp}>{preset.help}</div>
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <div className={classes.note}>{note}</div>
    </div>
  );
}
