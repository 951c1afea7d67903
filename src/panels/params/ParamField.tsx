/** One parameter: label, symbol, help, reset, control, and in words what is wrong with it. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAlertCircle, IconPin, IconPinFilled, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import type { JsonValue } from '../../core/canonical-json';
import { AssetsControl, type ImportFiles } from './AssetsControl';
import { ChoiceControl } from './ChoiceControl';
import type { ControlProps } from './control-props';
import { NumberInputControl, NumberSlider } from './NumberControl';
import { ParamSymbol } from './ParamSymbol';
import { defaultText, type Field, problemOf, rangeText, same } from './param-logic';
import classes from './params.module.css';
import { SeedControl, TextControl, ToggleControl } from './SmallControls';

export interface ParamFieldProps {
  readonly field: Field;
  readonly value: unknown;
  /** Base of the element ids: unique on the page. */
  readonly id: string;
  readonly disabled: boolean;
  /** What the graph says about this parameter, beyond its own range. */
  readonly problem: string | undefined;
  readonly onChange: (param: string, value: JsonValue, gesture?: string) => void;
  readonly importFiles: ImportFiles | undefined;
  readonly drawSeed: () => number;
  /** Puts the parameter on the simple form and takes it off. */
  readonly pin?: PinControl | undefined;
}

export interface PinControl {
  readonly isPinned: (param: string) => boolean;
  readonly toggle: (param: string) => void;
}

export function ParamField({
  field,
  value,
  id,
  disabled,
  problem,
  onChange,
  importFiles,
  drawSeed,
  pin,
}: ParamFieldProps) {
  const { name, meta, defaultValue } = field;
  const [draftProblem, setDraftProblem] = useState<string | null>(null);
  const error = draftProblem ?? problemOf(meta, value) ?? problem ?? null;
  const changed = !same(value, defaultValue);
  const control: ControlProps = {
    id,
    name,
    meta,
    value,
    disabled,
    invalid: error !== null,
    describedBy: error ? `${id}-error ${id}-help` : `${id}-help`,
    onChange: (next, gesture) => onChange(name, next, gesture),
    onDraftProblem: setDraftProblem,
  };
  const range = rangeText(meta);
  const isNumber = meta.widget === 'number' || meta.widget === 'integer';
  const inline = isNumber || meta.widget === 'toggle' || meta.widget === 'seed';

  return (
    <div className={classes.field} data-param={name} data-changed={changed || undefined}>
      <div className={classes.head}>
        <Tooltip
          label={range && isNumber ? `${meta.help} Range ${range}.` : meta.help}
          multiline
          w={270}
          position="top-start"
        >
          <label htmlFor={id} className={classes.label}>
            {meta.label}
            {meta.symbol && <ParamSymbol symbol={meta.symbol} />}
          </label>
        </Tooltip>
        {changed && !disabled && (
          <Tooltip label={`Reset to ${defaultText(meta, defaultValue)}`}>
            <ActionIcon
              size={22}
              className={classes.reset}
              aria-label={`Reset ${meta.label} to ${defaultText(meta, defaultValue)}`}
              onClick={() => onChange(name, defaultValue as JsonValue)}
            >
              <IconRotate size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        {pin && !disabled && (
          <ActionIcon
            size={22}
            className={classes.pin}
            aria-label={`${meta.label} on the form`}
            aria-pressed={pin.isPinned(name)}
            title={pin.isPinned(name) ? 'Take off the form' : 'Put on the form'}
            onClick={() => pin.toggle(name)}
          >
            {pin.isPinned(name) ? <IconPinFilled size={14} /> : <IconPin size={14} />}
          </ActionIcon>
        )}
        {inline && (
          <div className={classes.control}>
            {isNumber && <NumberInputControl {...control} />}
            {meta.widget === 'toggle' && <ToggleControl {...control} />}
            {meta.widget === 'seed' && <SeedControl {...control} drawSeed={drawSeed} />}
          </div>
        )}
      </div>
      {isNumber && <NumberSlider {...control} />}
      {meta.widget === 'choice' && <ChoiceControl {...control} />}
      {meta.widget === 'text' && <TextControl {...control} />}
      {meta.widget === 'assets' && <AssetsControl {...control} importFiles={importFiles} />}
      <div id={`${id}-help`} hidden>
        {meta.help} {range && `Range ${range}.`}
      </div>
      {error && (
        <div id={`${id}-error`} className={classes.error} role="status">
          <IconAlertCircle size={14} stroke={1.8} />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}
