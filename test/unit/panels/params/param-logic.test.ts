/** Sections, problems in words and preset matching of the parameter form. */
import { describe, expect, it } from 'vitest';
import { assets, choice, integer, paramMeta, quantity, seed, text, toggle } from '../../../../src/kit/params';
import {
  completeValues,
  defaultText,
  isVisible,
  matchPreset,
  problemOf,
  rangeText,
  sectionsOf,
  symbolParts,
} from '../../../../src/panels/params/param-logic';

const duration = quantity('ms', { label: 'Duration', help: 'h', min: 10, max: 10_000, default: 250, group: 'Time' });
const neurons = integer({ label: 'Neurons', help: 'h', unit: 'neurons', min: 1, max: 80_000, default: 1024 });
const mode = choice({
  label: 'Mode',
  help: 'h',
  options: [
    { value: 'a', label: 'First' },
    { value: 'b', label: 'Second' },
  ],
  default: 'a',
});
const dt = quantity('ms', { label: 'Step', help: 'h', min: 0.01, max: 1, default: 0.1, group: 'Time', advanced: true });
const kept = toggle({ label: 'Keep', help: 'h', default: false, visibleWhen: { param: 'mode', is: ['b'] } });
const params = {
  neurons,
  duration,
  mode,
  dt,
  kept,
  seed: seed(),
  files: assets({ label: 'Files', help: 'h', accept: ['.png'] }),
};

describe('sectionsOf', () => {
  it('groups in order of first appearance, ungrouped first, advanced apart', () => {
    const sections = sectionsOf(params);
    expect(
      sections.map(({ title, basic, advanced }) => [title, basic.map((f) => f.name), advanced.map((f) => f.name)]),
    ).toEqual([
      [null, ['neurons', 'mode', 'kept', 'seed', 'files'], []],
      ['Time', ['duration'], ['dt']],
    ]);
    expect(sections[1]?.basic[0]?.defaultValue).toBe(250);
  });

  it('has no section without parameters', () => expect(sectionsOf({})).toEqual([]));
});

describe('problemOf', () => {
  const of = (schema: Parameters<typeof paramMeta>[0], value: unknown) => problemOf(paramMeta(schema), value);
  it.each([
    [duration, 250, null],
    [duration, 10, null],
    [duration, 5, '5 ms is too small: at least 10 ms.'],
    [duration, 12_500, '12,500 ms is too large: at most 10,000 ms.'],
    [duration, Number.NaN, 'A number is needed, 10 to 10,000 ms.'],
    [duration, 'ten', 'A number is needed, 10 to 10,000 ms.'],
    [neurons, 2.5, '2.5 neurons is not a whole number.'],
    [mode, 'c', '"c" is not one of the choices: First, Second.'],
    [mode, 'b', null],
    [kept, 'yes', 'On or off is needed.'],
    [seed(), -1, '-1 is too small: at least 0.'],
    [text({ label: 't', help: 'h', default: '' }), 'x'.repeat(2001), '2,001 characters are too many: at most 2,000.'],
  ])('%#: says what is wrong with a value', (schema, value, expected) => expect(of(schema, value)).toBe(expected));

  it('agrees with the schema that validates a run', () => {
    for (const value of [9.99, 10, 10_000, 10_000.01, -5, '1', null]) {
      expect(of(duration, value) === null, String(value)).toBe(duration.safeParse(value).success);
    }
    for (const value of [0, 1, 1.5, 80_000, 80_001])
      expect(of(neurons, value) === null).toBe(neurons.safeParse(value).success);
  });
});

describe('texts', () => {
  it('writes ranges and defaults with units', () => {
    expect(rangeText(paramMeta(duration))).toBe('10 to 10,000 ms');
    expect(rangeText(paramMeta(mode))).toBe('');
    expect(defaultText(paramMeta(duration), 250)).toBe('250 ms');
    expect(defaultText(paramMeta(mode), 'a')).toBe('First');
    expect(defaultText(paramMeta(kept), false)).toBe('off');
  });

  it('splits symbols into base, subscript and superscript', () => {
    expect(symbolParts('τ_m')).toEqual([
      { text: 'τ', position: 'base' },
      { text: 'm', position: 'sub' },
    ]);
    expect(symbolParts('σ_{ext}^2').map((part) => `${part.position}:${part.text}`)).toEqual([
      'base:σ',
      'sub:ext',
      'sup:2',
    ]);
    expect(symbolParts('t_ref').map((part) => part.text)).toEqual(['t', 'ref']);
    expect(symbolParts('η₀')).toEqual([{ text: 'η₀', position: 'base' }]);
  });
});

describe('values', () => {
  it('completes with defaults, keeps what is given even when it is wrong', () => {
    const values = completeValues(params, { duration: -1 });
    expect(values['duration']).toBe(-1);
    expect(values['neurons']).toBe(1024);
    expect(values['files']).toEqual([]);
  });

  it('shows a dependent parameter only while its condition holds', () => {
    expect(isVisible(paramMeta(kept), { mode: 'a' })).toBe(false);
    expect(isVisible(paramMeta(kept), { mode: 'b' })).toBe(true);
    expect(isVisible(paramMeta(mode), {})).toBe(true);
  });
});

describe('matchPreset', () => {
  const preset = (id: string, values: Record<string, unknown>) => ({ id, label: id, help: '', params: values });
  const small = preset('small', { neurons: 100, duration: 250 });
  const large = preset('large', { neurons: 5000, duration: 500, mode: 'b' });
  const subset = preset('subset', { duration: 250 });

  it('finds the preset that the values are, other parameters aside', () => {
    expect(matchPreset([small, large], { neurons: 5000, duration: 500, mode: 'b', dt: 0.2 })).toEqual({
      kind: 'exact',
      preset: large,
    });
  });
  it('prefers the exact preset that says most', () => {
    expect(matchPreset([subset, small], { neurons: 100, duration: 250 })).toEqual({ kind: 'exact', preset: small });
  });
  it('names the nearest preset and what differs', () => {
    expect(matchPreset([small, large], { neurons: 5000, duration: 123, mode: 'b' })).toEqual({
      kind: 'custom',
      preset: large,
      changed: ['duration'],
    });
  });
  it('compares lists and records by value', () => {
    const listed = preset('listed', { files: [{ name: 'a', hash: 'h', bytes: 1 }] });
    expect(matchPreset([listed], { files: [{ bytes: 1, hash: 'h', name: 'a' }] })?.kind).toBe('exact');
  });
  it('has no answer without presets', () => expect(matchPreset([], {})).toBeNull());
});
