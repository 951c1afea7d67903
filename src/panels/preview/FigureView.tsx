/**
 * A figure: in a node its first panel, in the panel (and on a phone) all of them one below the other with the caption, in
 * full as it is printed, magnified.
 */
import { Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { boxFit, columnFit, type Fit, printFit } from '../../figure/fit';
import type { FigurePreview } from '../../kit/preview';
import { useWidth } from './Drawing';
import classes from './preview.module.css';
import { nodeBox, type ViewProps } from './preview-props';
import { summarise } from './summary';
import { useFigurePicture } from './use-figure-picture';

/** Height of the line below a node's picture. */
const note = 18;
/** CSS pixels per printed mm: type of 7 pt comes out at 15 px. */
const magnified = 6;

export function FigureView({ preview, size, scheme }: ViewProps<FigurePreview>) {
  const node = size === 'node';
  const phone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const [box, width] = useWidth<HTMLDivElement>(node ? nodeBox.width : undefined);
  const fit = useMemo((): Fit | null => {
    if (size === 'node') return boxFit({ width: nodeBox.width, height: nodeBox.height - note }, 0);
    if (size === 'full' && !phone) return printFit(preview);
    return width > 40 ? columnFit(preview, width) : null;
  }, [preview, size, width, phone]);
  const picture = useFigurePicture(preview, preview.panels.length > 0 ? fit : null, scheme);
  const count = preview.panels.length;
  return (
    <div ref={box} className={classes.stack} data-size={size}>
      {count === 0 ? (
        <div className={classes.empty}>No panels</div>
      ) : picture.state === 'ready' ? (
        <img
          className={classes.figure}
          src={picture.url}
          alt={summarise(preview)}
          style={size === 'full' && !phone ? { width: preview.width * magnified } : undefined}
        />
      ) : (
        <div className={classes.empty}>{picture.state === 'loading' ? <Loader size="xs" /> : picture.reason}</div>
      )}
      {node ? (
        <div className={classes.note} aria-hidden>
          <span className={classes.figureTitle}>{preview.title}</span>
          {count > 1 && <span className={classes.dim}>1 of {count} panels</span>}
        </div>
      ) : (
        <p className={classes.caption}>
          <b>{preview.title}.</b> {preview.caption}
        </p>
      )}
    </div>
  );
}
