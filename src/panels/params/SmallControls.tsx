/** Switch, seed with a die, and a line of text. */
import { ActionIcon, Switch, TextInput, Tooltip } from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ControlProps } from './control-props';
import { NumberInputControl } from './NumberControl';
import classes from './params.module.css';

export function ToggleControl({ id, value, disabled, describedBy, onChange }: ControlProps) {
  return (
    <Switch
      id={id}
      size="xs"
      checked={value === true}
      disabled={disabled}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

export function SeedControl({ drawSeed, ...props }: ControlProps & { readonly drawSeed: () => number }) {
  return (
    <div className={classes.seed}>
      <NumberInputControl {...props} />
      <Tooltip label="Draw a new seed">
        <ActionIcon
          variant="default"
          size={28}
          disabled={props.disabled}
          aria-label={`Draw a new ${props.meta.label.toLowerCase()}`}
          onClick={() => props.onChange(drawSeed())}
        >
          <IconDice5 size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

export function TextControl({ id, value, disabled, invalid, describedBy, onChange }: ControlProps) {
  const [draft, setDraft] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a value set from elsewhere replaces what was being typed
  useEffect(() => setDraft(null), [value]);
  const commit = (): void => {
    if (draft !== null && draft !== value) onChange(draft);
    setDraft(null);
  };
  return (
    <TextInput
      id={id}
      size="xs"
      value={draft ?? String(value ?? '')}
      disabled={disabled}
      error={invalid}
      maxLength={2000}
      aria-describedby={describedBy}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
