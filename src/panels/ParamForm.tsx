/**
 * The form of one node, made from its definition's parameters: sections by group, advanced ones behind "More", presets
 * on top. Holds no values: each change is a callback, and a drag or a burst of keys carries one gesture id so that the
 * caller can make it one undo step.
 *
 * Props
 * - definition: anything with `params`, `presets` and `derived` (a NodeDefinition).
 * - id: unique on the page (the node's id); element ids derive from it. Keep it as React key too.
 * - values: by parameter name; an absent one shows its default. Values out of range are shown with what is wrong.
 * - onChange(param, value, gesture?): gesture is the same string during one drag or burst of keys.
 * - onPreset(preset): choose a preset. Without it, each of the preset's parameters goes through onChange with one gesture.
 * - problems: by parameter name, a sentence from outside (the graph's type inference).
 * - onImportFiles(files): stores files, resolves to their references. Without it, file parameters cannot be edited.
 * - drawSeed(): a new 32-bit seed; the browser's random source by default.
 * - disabled: read-only.
 * - pin: puts parameters on the pipeline's simple form; without it there are no pins.
 */
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { JsonValue } from '../core/canonical-json';
import type { AnyNode, Preset } from '../kit/define-node';
import type { ImportFiles } from './params/AssetsControl';
import { newGesture } from './params/control-props';
import { DerivedFacts } from './params/DerivedFacts';
import { ParamField, type PinControl } from './params/ParamField';
import { PresetChooser } from './params/PresetChooser';
import {
  completeValues,
  type Field,
  factsOf,
  isVisible,
  problemOf,
  type Section,
  same,
  sectionsOf,
  type Values,
} from './params/param-logic';
import classes from './params/params.module.css';

export interface ParamFormProps {
  readonly definition: Pick<AnyNode, 'params' | 'presets' | 'derived'>;
  readonly id: string;
  readonly values: Values;
  readonly onChange: (param: string, value: JsonValue, gesture?: string) => void;
  readonly onPreset?: (preset: Preset) => void;
  readonly problems?: Readonly<Record<string, string>>;
  readonly onImportFiles?: ImportFiles;
  readonly drawSeed?: () => number;
  readonly disabled?: boolean;
  readonly pin?: PinControl;
}

const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
const noProblems: Readonly<Record<string, string>> = {};

export function ParamForm(props: ParamFormProps) {
  const {
    definition,
    id,
    onChange,
    onPreset,
    problems = noProblems,
    onImportFiles,
    drawSeed = randomSeed,
    disabled = false,
    pin,
  } = props;
  const sections = useMemo(() => sectionsOf(definition.params), [definition]);
  const values = useMemo(() => completeValues(definition.params, props.values), [definition, props.values]);
  const facts = useMemo(() => factsOf(definition, values), [definition, values]);
  if (sections.length === 0) return <div className={classes.note}>This node has no parameters.</div>;

  const applyPreset = (preset: Preset): void => {
    if (onPreset) {
      onPreset(preset);
      return;
    }
    const gesture = newGesture('preset');
    for (const [param, value] of Object.entries(preset.params)) onChange(param, value as JsonValue, gesture);
  };
  const draw = (field: Field) =>
    isVisible(field.meta, values) ? (
      <ParamField
        key={field.name}
        field={field}
        id={`${id}-${field.name}`}
        value={values[field.name]}
        disabled={disabled}
        problem={problems[field.name]}
        onChange={onChange}
        importFiles={onImportFiles}
        drawSeed={drawSeed}
        pin={pin}
      />
    ) : null;

  return (
    <div className={classes.form}>
      {definition.presets && definition.presets.length > 0 && (
        <PresetChooser
          presets={definition.presets}
          params={definition.params}
          values={values}
          disabled={disabled}
          onPreset={applyPreset}
        />
      )}
      {sections
        .filter(({ basic, advanced }) => [...basic, ...advanced].some((field) => isVisible(field.meta, values)))
        .map((section) => (
          <fieldset key={section.title ?? ''} className={classes.section}>
            {section.title && <legend>{section.title}</legend>}
            {section.basic.map(draw)}
            <Advanced section={section} values={values} problems={problems} draw={draw} />
          </fieldset>
        ))}
      <DerivedFacts facts={facts} />
    </div>
  );
}

interface AdvancedProps {
  readonly section: Section;
  readonly values: Values;
  readonly problems: Readonly<Record<string, string>>;
  readonly draw: (field: Field) => React.ReactNode;
}

/** Opens by itself when something inside is wrong: a problem must never be out of sight. */
function Advanced({ section, values, problems, draw }: AdvancedProps) {
  const [asked, setAsked] = useState(false);
  const fields = section.advanced.filter((field) => isVisible(field.meta, values));
  if (fields.length === 0) return null;
  const wrong = fields.some(
    (field) => problems[field.name] !== undefined || problemOf(field.meta, values[field.name]) !== null,
  );
  const changed = fields.filter((field) => !same(field.defaultValue, values[field.name])).length;
  const open = asked || wrong;
  return (
    <>
      <Button
        className={classes.more}
        variant="subtle"
        color="gray"
        size="compact-xs"
        aria-expanded={open}
        leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
        onClick={() => setAsked(!open)}
      >
        {open ? 'Less' : `More (${fields.length}${changed > 0 ? `, ${changed} changed` : ''})`}
      </Button>
      {open && <div className={classes.advanced}>{fields.map(draw)}</div>}
    </>
  );
}
