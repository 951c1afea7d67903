/**
 * What the parameter form knows without drawing anything: which fields in which section, what is wrong with a value in
 * words, and which preset the values are. Pure; the same zod schema that validates a run is asked here.
 */
import { canonicalJson } from '../../core/canonical-json';
import { formatNumber, withUnit } from '../../core/units';
import type { AnyNode, DerivedFact, Preset } from '../../kit/define-node';
import { type ParamMeta, type ParamShape, paramMeta } from '../../kit/params';

export interface Field {
  readonly name: string;
  readonly meta: ParamMeta;
  readonly defaultValue: unknown;
}

export interface Section {
  /** Null for the parameters without a group, which come first. */
  readonly title: string | null;
  readonly basic: readonly Field[];
  readonly advanced: readonly Field[];
}

export type Values = Readonly<Record<string, unknown>>;

export const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Fields by group, groups in order of first appearance. */
export function sectionsOf(params: ParamShape): readonly Section[] {
  const sections = new Map<string, { basic: Field[]; advanced: Field[] }>([['', { basic: [], advanced: [] }]]);
  for (const [name, schema] of Object.entries(params)) {
    const meta = paramMeta(schema);
    const group = meta.group ?? '';
    const section = sections.get(group) ?? { basic: [], advanced: [] };
    sections.set(group, section);
    (meta.advanced ? section.advanced : section.basic).push({ name, meta, defaultValue: schema.parse(undefined) });
  }
  return [...sections]
    .filter(([, { basic, advanced }]) => basic.length + advanced.length > 0)
    .map(([title, lists]) => ({ title: title || null, ...lists }));
}

/** The value of every parameter, the default where none is given. */
export function completeValues(params: ParamShape, values: Values): Values {
  return Object.fromEntries(
    Object.entries(params).map(([name, schema]) => [
      name,
      values[name] === undefined ? schema.parse(undefined) : values[name],
    ]),
  );
}

export function isVisible(meta: ParamMeta, values: Values): boolean {
  return !meta.visibleWhen || meta.visibleWhen.is.some((wanted) => same(wanted, values[meta.visibleWhen?.param ?? '']));
}

const say = (value: number, unit: string | undefined): string => withUnit(formatNumber(value, 6), unit);

/** "1 to 10,000 ms"; empty where there is no range. */
export function rangeText(meta: ParamMeta): string {
  if (meta.min === undefined || meta.max === undefined) return '';
  return `${formatNumber(meta.min, 6)} to ${say(meta.max, meta.unit)}`;
}

/** A default as a person would say it. */
export function defaultText(meta: ParamMeta, value: unknown): string {
  if (typeof value === 'number') return say(value, meta.unit);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return 'no files';
  return meta.options?.find((option) => option.value === value)?.label ?? `"${String(value)}"`;
}

/** A sentence on what is wrong with `value`, or null. */
export function problemOf(meta: ParamMeta, value: unknown): string | null {
  switch (meta.widget) {
    case 'number':
    case 'integer':
    case 'seed': {
      if (typeof value !== 'number' || !Number.isFinite(value))
        return `A number is needed${meta.min === undefined ? '' : `, ${rangeText(meta)}`}.`;
      if (meta.widget !== 'number' && !Number.isInteger(value))
        return `${say(value, meta.unit)} is not a whole number.`;
      if (meta.min !== undefined && value < meta.min)
        return `${say(value, meta.unit)} is too small: at least ${say(meta.min, meta.unit)}.`;
      if (meta.max !== undefined && value > meta.max)
        return `${say(value, meta.unit)} is too large: at most ${say(meta.max, meta.unit)}.`;
      return null;
    }
    case 'choice': {
      if (meta.options?.some((option) => option.value === value)) return null;
      return `"${String(value)}" is not one of the choices: ${meta.options?.map((option) => option.label).join(', ')}.`;
    }
    case 'toggle':
      return typeof value === 'boolean' ? null : 'On or off is needed.';
    case 'text':
      if (typeof value !== 'string') return 'Text is needed.';
      return value.length > 2000 ? `${formatNumber(value.length)} characters are too many: at most 2,000.` : null;
    case 'assets':
      return Array.isArray(value) ? null : 'A list of files is needed.';
  }
}

/** What follows from the parameters; nothing while one of them is wrong. */
export function factsOf(
  { params, derived }: Pick<AnyNode, 'params' | 'derived'>,
  values: Values,
): readonly DerivedFact[] {
  if (!derived) return [];
  const right = Object.entries(params).every(([name, schema]) => schema.safeParse(values[name]).success);
  return right ? derived(completeValues(params, values) as never) : [];
}

export const factText = ({ value, unit }: DerivedFact): string => say(value, unit);

export type PresetMatch =
  | { readonly kind: 'exact'; readonly preset: Preset }
  /** `preset` differs in the fewest parameters: `changed` of them. */
  | { readonly kind: 'custom'; readonly preset: Preset; readonly changed: readonly string[] };

/**
 * The preset that the values are, or the nearest one. Where several fit, the one that says most wins; among equally near
 * ones, the first.
 */
export function matchPreset(presets: readonly Preset[], values: Values): PresetMatch | null {
  let best: { preset: Preset; changed: string[]; size: number } | null = null;
  for (const preset of presets) {
    const names = Object.keys(preset.params);
    const changed = names.filter((name) => !same(preset.params[name], values[name]));
    const better =
      best === null ||
      changed.length < best.changed.length ||
      (changed.length === best.changed.length && names.length > best.size);
    if (better) best = { preset, changed, size: names.length };
  }
  if (!best) return null;
  return best.changed.length === 0
    ? { kind: 'exact', preset: best.preset }
    : { kind: 'custom', preset: best.preset, changed: best.changed };
}

export interface SymbolPart {
  readonly text: string;
  readonly position: 'base' | 'sub' | 'sup';
}

/** "τ_m" as base and subscript; braces group: "t_{ref}^2". */
export function symbolParts(symbol: string): readonly SymbolPart[] {
  const parts: SymbolPart[] = [];
  for (const [, mark, grouped, plain] of symbol.matchAll(/([_^]?)(?:\{([^}]*)\}|([^_^{}]+))/gu)) {
    parts.push({ text: grouped ?? plain ?? '', position: mark === '_' ? 'sub' : mark === '^' ? 'sup' : 'base' });
  }
  return parts;
}
