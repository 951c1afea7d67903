/**
 * The few characters that fit on a wire: shape and unit of one item, and the time step of spikes. The whole type
 * (formatPortType) is shown while the wire is pointed at or selected.
 */
import type { InferredType } from '../kit/define-node';
import { type AxisName, sizeOf } from '../kit/port-type';

export interface WireText {
  /** In one line: "1,280 · Hz". Empty: the kind says all there is. */
  readonly line: string;
  /** The same in narrow lines: "1,280", "Hz". */
  readonly lines: readonly string[];
}

const number = (value: number | null): string => (value === null ? '?' : value.toLocaleString('en-US'));
const times = (type: InferredType, ...axes: AxisName[]): string =>
  axes.map((name) => number(sizeOf(type, name))).join('×');
const joined = (parts: readonly string[], between = ' · '): WireText => ({ line: parts.join(between), lines: parts });

/** Asked for every wire at every move of a card, for types that stay the same objects. */
const known = new WeakMap<InferredType, WireText>();

export function wireText(type: InferredType): WireText {
  const before = known.get(type);
  if (before) return before;
  const made = textOf(type);
  known.set(type, made);
  return made;
}

function textOf(type: InferredType): WireText {
  const unit = type.unit === '1' ? [] : [type.unit];
  const step = type.dt === undefined ? [] : [`${number(type.dt)} ms`];
  switch (type.kind) {
    case 'images':
    case 'stimulus': {
      const channels = sizeOf(type, 'channel');
      const size = times(type, 'height', 'width');
      return joined([channels === null || channels === 1 ? size : `${size}×${channels}`, ...unit, ...step]);
    }
    case 'spikes':
      return joined([times(type, 'unit'), ...step]);
    case 'rates':
      return joined([times(type, 'time', 'unit'), ...unit]);
    case 'features':
      return joined([times(type, 'feature'), ...unit]);
    case 'model': {
      const blocks = (type.blocks ?? []).map((block, index) => (index === 0 ? block.type : `+${block.type}`));
      return joined(blocks, '');
    }
    case 'labels':
    case 'series':
    case 'table':
    case 'figure':
      return joined(unit);
  }
}
