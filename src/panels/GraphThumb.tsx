/**
 * A pipeline as a small picture.
 *
 * Props
 * - document, catalogue: what to draw.
 * - scheme: light or dark, for the colours of kinds.
 * - label: the name of the picture for screen readers; without one it is decoration.
 * - marks: what a version comparison says of its parts; drawn as a colour and a sign.
 * - titles: writes the titles of nodes into their boxes.
 * Takes the room that its parent gives it.
 */
import { useMemo } from 'react';
import type { PipelineDocument } from '../document/schema';
import { graphPicture, markSigns, type PictureMarks, pictureBox } from '../graph/graph-picture';
import type { Catalogue } from '../kit/define-node';
import { type ColourScheme, kindColour } from './kind-style';
import classes from './thumb.module.css';

export interface GraphThumbProps {
  readonly document: PipelineDocument;
  readonly catalogue: Catalogue;
  readonly scheme: ColourScheme;
  readonly label?: string;
  readonly marks?: PictureMarks;
  readonly titles?: boolean;
}

export function GraphThumb({ document, catalogue, scheme, label, marks, titles = false }: GraphThumbProps) {
  const picture = useMemo(() => graphPicture(document, catalogue, marks), [document, catalogue, marks]);
  const { x, y, width, height } = picture;
  const drawn = (
    <svg
      aria-hidden="true"
      className={classes.thumb}
      viewBox={`${x} ${y} ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
    >
      {picture.wires.map((wire) => (
        <path
          key={wire.id}
          d={wire.path}
          className={classes.wire}
          data-mark={wire.mark}
          {...(wire.kind && wire.mark === 'same' && !marks ? { style: { stroke: kindColour(wire.kind, scheme) } } : {})}
        />
      ))}
      {picture.nodes.map((node) => (
        <g key={node.id} transform={`translate(${node.x} ${node.y})`} data-node={node.id} data-mark={node.mark}>
          <rect className={classes.box} data-mark={node.mark} {...pictureBox} rx="14" />
          {node.kind && !marks && (
            <rect width="16" height={pictureBox.height} rx="8" fill={kindColour(node.kind, scheme)} />
          )}
          {titles && (
            <text className={classes.title} x={pictureBox.width / 2} y={pictureBox.height / 2 + 9}>
              {short(node.title)}
            </text>
          )}
          {node.mark !== 'same' && (
            <text className={classes.sign} data-mark={node.mark} x={pictureBox.width - 30} y="46">
              {markSigns[node.mark]}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
  if (label === undefined) return drawn;
  return (
    <div className={classes.thumb} role="img" aria-label={label}>
      {drawn}
    </div>
  );
}

/** As much as fits in a box. */
const short = (title: string): string => (title.length > 15 ? `${title.slice(0, 13).trimEnd()}…` : title);
