/** One of a few: side by side when they fit, else a list with each option's help. */
import { SegmentedControl, Select } from '@mantine/core';
import type { ControlProps } from './control-props';
import classes from './params.module.css';

/** Whether the labels fit next to each other in the inspector's width. */
export const fitsInRow = (labels: readonly string[]): boolean =>
  labels.length <= 4 && labels.reduce((sum, label) => sum + label.length + 3, 0) <= 38;

export function ChoiceControl({ id, meta, value, disabled, invalid, describedBy, onChange }: ControlProps) {
  const options = meta.options ?? [];
  const current = options.find((option) => option.value === value);
  const data = options.map(({ value: entry, label }) => ({ value: entry, label }));
  const segmented = fitsInRow(options.map((option) => option.label)) && current !== undefined;
  return (
    <>
      {segmented ? (
        <SegmentedControl
          id={id}
          size="xs"
          fullWidth
          data={data}
          value={current.value}
          disabled={disabled}
          aria-label={meta.label}
          aria-describedby={describedBy}
          onChange={(next) => next !== value && onChange(next)}
        />
      ) : (
        <Select
          id={id}
          size="xs"
          data={data}
          value={current?.value ?? null}
          placeholder={typeof value === 'string' ? value : undefined}
          disabled={disabled}
          error={invalid}
          allowDeselect={false}
          checkIconPosition="right"
          aria-describedby={describedBy}
          maxDropdownHeight={340}
          comboboxProps={{ withinPortal: true, shadow: 'md' }}
          renderOption={({ option }) => (
            <div>
              <div>{option.label}</div>
              <div className={classes.optionHelp}>{options.find((entry) => entry.value === option.value)?.help}</div>
            </div>
          )}
          onChange={(next) => next !== null && next !== value && onChange(next)}
        />
      )}
      {current?.help && <div className={classes.note}>{current.help}</div>}
    </>
  );
}
