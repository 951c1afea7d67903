/** Deleted pipelines: back again, or gone for good after a second press. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../editor/hooks';
import type { DocumentHead } from '../../library/library';
import classes from './Keeping.module.css';
import { whenText } from './when';

export function DiscardedList({ heads }: { readonly heads: readonly DocumentHead[] }) {
  const { shelf } = useSession().keeping;
  const [sure, setSure] = useState<string | null>(null);
  return (
    <>
      <p className={classes.note}>Deleted pipelines are kept for 30 days.</p>
      <ul className={classes.list} aria-label="Deleted pipelines">
        {heads.map(({ id, title, discarded }) => (
          <li key={id} className={classes.discarded}>
            <span>
              <b>{title}</b>
              <small>deleted {whenText(discarded ?? 0)}</small>
            </span>
            <Button variant="default" onClick={() => void shelf.bringBack(id)} aria-label={`Bring back ${title}`}>
              Bring back
            </Button>
            <Button
              variant={sure === id ? 'filled' : 'subtle'}
              color="red"
              aria-label={sure === id ? `Really delete ${title} for good` : `Delete ${title} for good`}
              onBlur={() => setSure(null)}
              onClick={() => {
                if (sure === id) void shelf.removeForGood(id);
                else setSure(id);
              }}
            >
              {sure === id ? 'Really delete' : 'Delete for good'}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
