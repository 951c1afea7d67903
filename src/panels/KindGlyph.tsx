/**
 * The handle shape of a port kind. Props: `kind`; `scheme` (light or dark, for the colour); `size` in CSS pixels
 * (default 12); `hollow` draws the outline only (an input without a wire); `title` names it for screen readers, without
 * it the glyph is decorative. Positioning and interaction belong to whoever places it.
 */
import type { CSSProperties } from 'react';
import type { PortKind } from '../kit/port-type';
import { type ColourScheme, kindColour, kindStyles, shapePaths } from './kind-style';

export interface KindGlyphProps {
  readonly kind: PortKind;
  readonly scheme: ColourScheme;
  readonly size?: number;
  readonly hollow?: boolean;
  readonly title?: string;
  readonly className?: string;
  readonly style?: CSSProperties;
}

export function KindGlyph({ kind, scheme, size = 12, hollow = false, title, className, style }: KindGlyphProps) {
  const colour = kindColour(kind, scheme);
  const shape = (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className={className}
      style={{ ...still, ...style }}
    >
      <path
        d={shapePaths[kindStyles[kind].shape]}
        fillRule="evenodd"
        fill={hollow ? 'var(--mantine-color-body)' : colour}
        stroke={colour}
        strokeWidth={hollow ? 2 : 1}
        strokeLinejoin="round"
      />
    </svg>
  );
  if (title === undefined) return shape;
  return (
    <span role="img" aria-label={title} style={still}>
      {shape}
    </span>
  );
}

const still: CSSProperties = { display: 'block', flex: 'none', overflow: 'visible' };
