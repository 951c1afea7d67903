/** How quantities are written for people: significant digits, thousands separators, SI byte sizes, durations. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `digits` significant digits, no exponent for ordinary sizes: 0.1, 27.34, 1,250, 3.2e-7. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'n/a' : value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 10 ** digits || Number.isInteger(value))
    return size < 1e15 ? grouped.format(value) : value.toExponential(2);
  if (size < 1e-4) return value.toExponential(Math.max(0, digits - 2));
  return String(Number(value.toPrecision(digits)));
}

/** Bytes as kB, MB or GB (powers of 1000). */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size) return `${formatNumber(bytes / size, 3)} ${unit}`;
  }
  return `${bytes} B`;
}

/** Milliseconds as "420 ms", "3.2 s" or "2 min 05 s". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${formatNumber(ms / 1000, ms < 10_000 ? 2 : 3)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** "4.5 dB", "20 %"; a dimensionless quantity has no unit. */
export const withUnit = (text: string, unit: string | undefined): string =>
  unit && unit !== '1' ? `${text} ${unit}` : text;
