/**
 * Spike raster of one item: time in ms against neurons, populations stacked and coloured, the part that readouts leave
 * out shaded. Rates are those of the item in the counted window. Stepping to another item is a callback.
 */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { formatNumber } from '../../core/units';
import type { SpikesPreview } from '../../kit/preview';
import { PreviewDrawing } from './PreviewDrawing';
import { populationColours } from './plot-style';
import classes from './preview.module.css';
import { nodeBox, type ViewProps } from './preview-props';
import { drawRaster } from './raster';
import { rateText } from './summary';

export interface SpikesViewProps extends ViewProps<SpikesPreview> {
  readonly onItem?: (item: number) => void;
}

const heights = { node: nodeBox.height - 18, panel: 230, full: 460 } as const;

export function SpikesView({ preview, size, scheme, onItem }: SpikesViewProps) {
  const colours = populationColours(
    preview.populations.map((population) => population.name),
    scheme,
  );
  const rates = preview.populations.map((population, index) => (
    <span key={population.name} className={classes.rate}>
      <span className={classes.swatch} style={{ background: colours[index] }} />
      {size === 'node'
        ? rateText(population.name, preview.rates[index])
        : `${rateText(population.name, preview.rates[index])}, ${formatNumber(population.count)} neurons`}
    </span>
  ));
  const node = size === 'node';
  return (
    <div className={classes.stack} data-size={size}>
      {!node && preview.itemCount > 0 && <ItemStepper preview={preview} onItem={onItem} />}
      <PreviewDrawing preview={preview} size={size} scheme={scheme} paint={drawRaster} heights={heights} />
      <div className={node ? classes.note : classes.legend} aria-hidden>
        {rates}
        {!node && <span className={classes.dim}>{formatNumber(preview.spikesInItem)} spikes in this item</span>}
      </div>
    </div>
  );
}

function ItemStepper({
  preview,
  onItem,
}: {
  readonly preview: SpikesPreview;
  readonly onItem: ((item: number) => void) | undefined;
}) {
  const { item, itemCount, itemId } = preview;
  const step = (by: number): void => onItem?.(Math.min(itemCount - 1, Math.max(0, item + by)));
  return (
    <div className={classes.stepper}>
      {onItem && (
        <Tooltip label="Previous item">
          <ActionIcon size={26} disabled={item <= 0} aria-label="Previous item" onClick={() => step(-1)}>
            <IconChevronLeft size={16} />
          </ActionIcon>
        </Tooltip>
      )}
      <span>
        Item {formatNumber(item + 1)} of {formatNumber(itemCount)} <span className={classes.dim}>(id {itemId})</span>
      </span>
      {onItem && (
        <Tooltip label="Next item">
          <ActionIcon size={26} disabled={item >= itemCount - 1} aria-label="Next item" onClick={() => step(1)}>
            <IconChevronRight size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
