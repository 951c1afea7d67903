/** The glyph of a port in the current colour scheme; a plain ring where the kind is not known. */

import type { PortKind } from '../kit/port-type';
import { useColourScheme } from '../panels/colour-scheme';
import { KindGlyph } from '../panels/KindGlyph';

export function PortGlyph({
  kind,
  hollow = false,
  size = 12,
}: {
  kind: PortKind | undefined;
  hollow?: boolean;
  size?: number;
}) {
  const scheme = useColourScheme();
  if (kind) return <KindGlyph kind={kind} scheme={scheme} size={size} hollow={hollow} />;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden style={{ display: 'block' }}>
      <circle
        cx="8"
        cy="8"
        r="5.5"
        fill="var(--sl-surface)"
        stroke="var(--sl-text-3)"
        strokeWidth="2"
        strokeDasharray="3 2"
      />
    </svg>
  );
}
