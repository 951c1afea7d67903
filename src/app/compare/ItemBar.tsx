/** Which item is shown: stepped through, or the best, middle or worst by a score. */
import { ActionIcon, Button, NativeSelect, Slider } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { bestMedianWorst } from '../../analysis/compare/residual';
import { formatNumber } from '../../core/units';
import classes from './Compare.module.css';
import type { Rank } from './rankings';

interface Props {
  readonly ids: readonly number[];
  readonly at: number;
  readonly onAt: (at: number) => void;
  readonly ranks: readonly Rank[];
}

const places = ['best', 'median', 'worst'] as const;

export function ItemBar({ ids, at, onAt, ranks }: Props) {
  const [chosen, setChosen] = useState('');
  const rank = ranks.find(({ id }) => id === chosen) ?? ranks[0];
  const last = ids.length - 1;
  const jump = (which: (typeof places)[number]) => {
    const scores = Float64Array.from(ids, (id) => rank?.scores.get(id) ?? Number.NaN);
    const found = rank && bestMedianWorst(scores, rank.better);
    if (found) onAt(found[which]);
  };
  // Where neither way is better, nothing is the best.
  const names = rank?.better ? ['Best', 'Median', 'Worst'] : ['Highest', 'Median', 'Lowest'];
  return (
    <>
      <span className={classes.stepper}>
        <ActionIcon aria-label="Previous item" size={26} disabled={at <= 0} onClick={() => onAt(at - 1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        {last > 1 && (
          <Slider
            className={classes.items}
            thumbLabel="Item shown"
            size="xs"
            min={0}
            max={last}
            value={at}
            label={null}
            onChange={onAt}
          />
        )}
        <ActionIcon aria-label="Next item" size={26} disabled={at >= last} onClick={() => onAt(at + 1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
        <span>
          Item {formatNumber(at + 1)} of {formatNumber(ids.length)} <small className={classes.dim}>id {ids[at]}</small>
        </span>
      </span>
      {rank && last > 0 && (
        <span className={classes.ranks}>
          {places.map((which, k) => (
            <Button key={which} size="compact-xs" variant="default" onClick={() => jump(which)}>
              {names[k]}
            </Button>
          ))}
          <NativeSelect
            size="xs"
            aria-label="Rank items by"
            value={rank.id}
            data={ranks.map(({ id, label }) => ({ value: id, label }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        </span>
      )}
    </>
  );
}
