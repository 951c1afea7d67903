/** The few characters that fit on a wire: the size of one item. The whole type is in the tooltip (formatPortType). */
import type { InferredType } from '../kit/define-node';
import { sizeOf } from '../kit/port-type';

const number = (value: number | null): string => (value === null ? '?' : value.toLocaleString('en-US'));

export function shortType(type: InferredType): string {
  switch (type.kind) {
    case 'images':
    case 'stimulus': {
      const channels = sizeOf(type, 'channel');
      const size = `${number(sizeOf(type, 'height'))}×${number(sizeOf(type, 'width'))}`;
      return channels === null || channels === 1 ? size : `${size}×${channels}`;
    }
    case 'spikes':
    case 'rates':
      return number(sizeOf(type, 'unit'));
    case 'features':
      return number(sizeOf(type, 'feature'));
    case 'model':
      return type.blocks && type.blocks.length > 0 ? type.blocks.map((block) => block.type).join('+') : '';
    case 'labels':
    case 'series':
    case 'table':
    case 'figure':
      return '';
  }
}
