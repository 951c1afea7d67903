/** Files that mean harm or are broken: texts that try to become something else, and seeded damage to good pipelines. */
import fc from 'fast-check';

const bidi = '\u202egnp.exe\u202c';
const zeroWidth = 'ab\u200bc\ufeffd\u2060e';

/** Each is a title, a label, a note, a key or an id of somebody. */
export const hostileTexts = [
  '<script>window.pwned = 1</script>',
  '"><img src=x onerror="window.pwned = 1">',
  "'; window.pwned = 1; //",
  '[click](javascript:window.pwned=1)',
  '[click](data:text/html,<script>parent.pwned=1</script>)',
  '![x](x" onerror="window.pwned=1)',
  '$\\href{javascript:window.pwned=1}{x}$ $\\htmlData{onclick=window.pwned=1}{y}$',
  '$\\rule{9999999em}{9999999em}$',
  '<svg/onload=window.pwned=1>',
  '{{constructor.constructor("window.pwned=1")()}}',
  `\${window.pwned=1}`,
  bidi,
  zeroWidth,
  '\u0000\u0007\u001b[31m',
  'مرحبا بالعالم',
  'e\u0301'.repeat(60) + '\u0489'.repeat(60),
  '\ud83d\ude00'.repeat(50),
  '\ud800',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '../../etc/passwd',
  'x'.repeat(10_000),
  ' ',
  '',
] as const;

const hostileText = fc.constantFrom(...hostileTexts);
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, 0, -1, -0, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 1e21, [], {}, [[]], [null], { a: null }),
  fc.constantFrom<unknown>(
    Array.from({ length: 2000 }, () => ({})),
    Array.from({ length: 60 }).reduce<unknown>((inside) => [inside], 'deep'),
    { x: 1e308, y: -1e308, width: 1e-300, height: 1e308 },
    { node: 'constructor', port: '__proto__' },
  ),
);

/** One piece of damage to the value, by places that are read against whatever is there. */
interface Harm {
  readonly kind: 'value' | 'remove' | 'key' | 'repeat' | 'swap' | 'add';
  readonly at: number;
  readonly to: number;
  readonly text: string;
  readonly value: unknown;
}
/** Damage to the text of the file. */
interface Scratch {
  readonly kind: 'cut' | 'drop' | 'insert' | 'flip' | 'repeat';
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

export const harm: fc.Arbitrary<Harm> = fc.record({
  kind: fc.constantFrom('value', 'value', 'value', 'remove', 'key', 'repeat', 'swap', 'add'),
  at: fc.nat(1e6),
  to: fc.nat(1e6),
  text: hostileText,
  value: hostileValue,
});
export const scratch: fc.Arbitrary<Scratch> = fc.record({
  kind: fc.constantFrom('cut', 'drop', 'insert', 'flip', 'repeat'),
  at: fc.nat(1e6),
  length: fc.nat(40),
  text: fc.oneof(
    hostileText,
    fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\\u00', '//', 'NaN', '-', '0x1'),
  ),
});

type Place = { readonly parent: Record<string, unknown> | unknown[]; readonly key: string | number };

function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null || found.length > 5000) return found;
  const parent = value as Record<string, unknown>;
  for (const key of Object.keys(parent)) {
    found.push({ parent, key: Array.isArray(parent) ? Number(key) : key });
    placesIn(parent[key], found);
  }
  return found;
}

const set = (parent: Place['parent'], key: string | number, value: unknown): void => {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
};
const get = ({ parent, key }: Place): unknown => (parent as Record<string, unknown>)[key];

/** The text of a pipeline with its values damaged; still JSON. */
export function harmed(text: string, harms: readonly Harm[]): string {
  const root = JSON.parse(text) as unknown;
  for (const { kind, at, to, text: word, value } of harms) {
    const places = placesIn(root);
    const place = places[at % Math.max(1, places.length)];
    const other = places[to % Math.max(1, places.length)];
    if (!place || !other) break;
    const { parent, key } = place;
    if (kind === 'value') set(parent, key, structuredClone(value));
    else if (kind === 'swap') set(parent, key, structuredClone(get(other)));
    else if (Array.isArray(parent)) {
      if (kind === 'remove') parent.splice(Number(key), 1);
      else parent.splice(Number(key), 0, structuredClone(kind === 'repeat' ? parent[Number(key)] : value));
    } else {
      const was = parent[String(key)];
      if (kind === 'remove' || kind === 'key') delete parent[String(key)];
      if (kind !== 'remove') set(parent, word, kind === 'add' ? structuredClone(value) : was);
    }
  }
  return JSON.stringify(root, null, 2);
}

/** The text itself damaged: seldom still JSON. */
export function scratched(text: string, scratches: readonly Scratch[]): string {
  return scratches.reduce((now, { kind, at, length, text: word }) => {
    const from = at % Math.max(1, now.length);
    const piece = now.slice(from, from + length);
    if (kind === 'cut') return now.slice(0, from);
    if (kind === 'drop') return now.slice(0, from) + now.slice(from + length);
    if (kind === 'insert') return now.slice(0, from) + word + now.slice(from);
    if (kind === 'repeat') return now.slice(0, from) + piece + now.slice(from);
    return now.slice(0, from) + String.fromCharCode(now.charCodeAt(from) ^ (1 + (length % 127))) + now.slice(from + 1);
  }, text);
}
