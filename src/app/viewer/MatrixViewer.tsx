/** Rates of an item, or features of all items, as a heat map of the whole: cells are means where there are more than pixels. */
import { ActionIcon, Loader } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatNumber } from '../../core/units';
import type { MatrixPreview } from '../../kit/preview';
import type { ColourScheme } from '../../panels/kind-style';
import { MatrixView } from '../../panels/preview/MatrixView';
import { FigureButtons } from './FigureButtons';
import { type ResultAt, useLook } from './use-look';
import classes from './Viewer.module.css';
import { matrixFigure } from './view-figures';

const cells = { rows: 420, columns: 900 } as const;

interface Props {
  readonly at: ResultAt;
  /** What the labels and the unit are taken from. */
  readonly preview: MatrixPreview;
  readonly scheme: ColourScheme;
  readonly node: string;
  readonly name: string;
}

export function MatrixViewer({ at, preview, scheme, node, name }: Props) {
  const [item, setItem] = useState(0);
  const { look, state } = useLook(at, { what: 'matrix', item, ...cells });
  const whole = useMemo<MatrixPreview | null>(() => look && { ...preview, ...look, kind: 'matrix' }, [look, preview]);
  if (!look || !whole)
    return state === 'gone' ? (
      <p className={classes.gone}>The values are no longer in the store: run again.</p>
    ) : (
      <Loader size="sm" />
    );
  const size = `${formatNumber(look.totalRows)} × ${formatNumber(look.totalColumns)}`;
  const means = look.rows < look.totalRows || look.columns < look.totalColumns;
  const told = `${size}${means ? `, as means of ${formatNumber(look.rows)} × ${formatNumber(look.columns)} cells` : ''}`;
  const which = preview.of === 'rates' ? `Item ${formatNumber(item + 1)} of ${formatNumber(look.itemCount)}, ` : '';
  return (
    <div className={classes.viewer}>
      <div className={classes.tools}>
        {preview.of === 'rates' && look.itemCount > 1 && (
          <>
            <ActionIcon aria-label="Previous item" disabled={item === 0} onClick={() => setItem(item - 1)}>
              <IconChevronLeft size={16} />
            </ActionIcon>
            <span>
              Item {formatNumber(item + 1)} of {formatNumber(look.itemCount)}
            </span>
            <ActionIcon aria-label="Next item" disabled={item >= look.itemCount - 1} onClick={() => setItem(item + 1)}>
              <IconChevronRight size={16} />
            </ActionIcon>
          </>
        )}
        <FigureButtons
          figure={() => matrixFigure(look, preview, { title: name, caption: `${which}${told}.` })}
          what="what is in view"
          name={name}
          node={node}
          contentKey={at.resultKey}
          disabled={state !== 'ready'}
        />
        <span className={classes.told} role="status" aria-label="What is in view">
          {told}
        </span>
      </div>
      <MatrixView preview={whole} size="full" scheme={scheme} />
    </div>
  );
}
