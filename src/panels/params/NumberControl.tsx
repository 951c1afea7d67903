/**
 * A number field with its unit and, below it, a slider with the range at its ends. Typing is committed by Enter or by
 * leaving the field, and only when it is a number in range; arrow keys step, Shift or Page keys by ten; the wheel never
 * changes a value. The two halves are placed by the form, so they are two components over one helper.
 */
import { Slider, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatNumber, withUnit } from '../../core/units';
import { tickLabels } from '../../figure/ticks';
import { type ControlProps, newGesture, useBurst } from './control-props';
import { fieldText, readNumber, sliderScale, stepped } from './number-scale';
import { problemOf } from './param-logic';
import classes from './params.module.css';

const stepKeys: Readonly<Record<string, readonly [1 | -1, number]>> = {
  ArrowUp: [1, 1],
  ArrowRight: [1, 1],
  ArrowDown: [-1, 1],
  ArrowLeft: [-1, 1],
  PageUp: [1, 10],
  PageDown: [-1, 10],
};

export function NumberInputControl(props: ControlProps) {
  const { id, name, meta, value, disabled, invalid, describedBy, onChange, onDraftProblem } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const gesture = useBurst(name);
  const shown = draft ?? fieldText(value);
  const unit = meta.unit === '1' ? undefined : meta.unit;

  // A value set from elsewhere (undo, preset, slider) replaces what was being typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the value decides
  useEffect(() => {
    setDraft(null);
    onDraftProblem(null);
  }, [value]);

  const judge = (text: string): { number: number | null; problem: string | null } => {
    const number = readNumber(text, meta.unit);
    if (number === null) return { number, problem: `"${text.trim()}" is not a number.` };
    return { number, problem: problemOf(meta, number) };
  };
  const commit = (): void => {
    if (draft === null) return;
    const { number, problem } = judge(draft);
    if (number === null || problem) return;
    setDraft(null);
    onDraftProblem(null);
    if (number !== value) onChange(number);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
      onDraftProblem(null);
      return;
    }
    const step = event.key === 'ArrowLeft' || event.key === 'ArrowRight' ? undefined : stepKeys[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const from = draft === null ? value : readNumber(draft, meta.unit);
    if (typeof from !== 'number') return;
    setDraft(null);
    onDraftProblem(null);
    onChange(stepped(meta, from, step[0], event.shiftKey ? 10 : step[1]), gesture());
  };

  return (
    <TextInput
      id={id}
      size="xs"
      className={classes.number}
      role="spinbutton"
      inputMode={meta.widget === 'number' ? 'decimal' : 'numeric'}
      autoComplete="off"
      spellCheck={false}
      value={shown}
      disabled={disabled}
      error={invalid}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      aria-valuenow={typeof value === 'number' ? value : undefined}
      aria-valuetext={withUnit(shown, meta.unit)}
      aria-valuemin={meta.min}
      aria-valuemax={meta.max}
      rightSection={unit ? <span className={classes.unit}>{unit}</span> : undefined}
      rightSectionWidth={unit ? unit.length * 6.5 + 12 : undefined}
      rightSectionPointerEvents="none"
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        onDraftProblem(judge(text).problem);
      }}
      onBlur={commit}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}

export function NumberSlider(
  props: Pick<ControlProps, 'name' | 'meta' | 'value' | 'disabled' | 'describedBy' | 'onChange'>,
) {
  const { name, meta, value, disabled, describedBy, onChange } = props;
  const gesture = useBurst(name);
  const drag = useRef<string | null>(null);
  const scale = sliderScale(meta);
  if (!scale) return null;
  const current = typeof value === 'number' ? value : (meta.min ?? 0);
  const position = scale.toPosition(current);

  const onKeyDownCapture = (event: KeyboardEvent): void => {
    const step = stepKeys[event.key];
    const edge = event.key === 'Home' ? meta.min : event.key === 'End' ? meta.max : undefined;
    if (disabled || (!step && edge === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    const next = step ? stepped(meta, current, step[0], event.shiftKey ? 10 : step[1]) : edge;
    if (next !== undefined && next !== current) onChange(next, gesture());
  };

  return (
    <div className={`${classes.slider} nodrag`} onKeyDownCapture={onKeyDownCapture}>
      <span className={classes.end} aria-hidden>
        {tickLabels([meta.min ?? 0])[0]}
      </span>
      <Slider
        className={classes.track}
        size={3}
        thumbSize={13}
        min={0}
        max={scale.count}
        step={1}
        value={position}
        label={null}
        disabled={disabled}
        onChange={(next) => {
          // Mantine also reports positions that it was given: only a moved thumb is an edit.
          if (next === position) return;
          drag.current ??= newGesture(name);
          onChange(scale.toValue(next), drag.current);
        }}
        onChangeEnd={() => {
          drag.current = null;
        }}
        thumbLabel={meta.label}
        thumbValueText={withUnit(formatNumber(current, 6), meta.unit)}
        thumbProps={{ 'aria-describedby': describedBy }}
      />
      <span className={classes.end} aria-hidden>
        {tickLabels([meta.max ?? 0])[0]}
      </span>
    </div>
  );
}
