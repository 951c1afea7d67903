/**
 * What flows on a wire, known before anything runs: kind, named axes with sizes, unit, and time step where there is one.
 * A size that only a run can tell (how many files a folder holds) is null. Axis order is time, item, unit.
 */

export const portKinds = [
  'images',
  'labels',
  'stimulus',
  'rates',
  'spikes',
  'features',
  'model',
  'series',
  'table',
  'figure',
] as const;
export type PortKind = (typeof portKinds)[number];

export type AxisName = 'time' | 'item' | 'unit' | 'height' | 'width' | 'channel' | 'feature';
export interface Axis {
  readonly name: AxisName;
  readonly size: number | null;
}

export interface PortType {
  readonly kind: PortKind;
  readonly axes: readonly Axis[];
  /** SI-style unit of the payload ("Hz", "mV", "dB"), or "1" for dimensionless. */
  readonly unit: string;
  /** Time step in ms, for kinds with a time axis. */
  readonly dt?: number;
  /** A few words where the axes do not tell all: the chain of a model, the columns of a table. */
  readonly note?: string;
}

export const axis = (name: AxisName, size: number | null): Axis => ({ name, size });
export const sizeOf = (type: PortType, name: AxisName): number | null =>
  type.axes.find((entry) => entry.name === name)?.size ?? null;

/** "28 × 28 × 1" and the like; an unknown size is "?". */
export function formatShape(type: PortType): string {
  return type.axes.map(({ size }) => (size === null ? '?' : size.toLocaleString('en-US'))).join(' × ');
}

/** For a wire's label: "images 4,500 × 28 × 28 × 1", "spikes 4,500 × 1,280, dt 0.1 ms". */
export function formatPortType(type: PortType): string {
  const shape = formatShape(type);
  const parts = [shape ? `${type.kind} ${shape}` : type.kind];
  if (type.unit !== '1') parts[0] += ` ${type.unit}`;
  if (type.dt !== undefined) parts.push(`dt ${type.dt} ms`);
  if (type.note) parts.push(type.note);
  return parts.join(', ');
}
