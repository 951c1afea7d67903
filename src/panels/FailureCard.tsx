/**
 * One failure, told so that a person can act: where, what, found and expected, and the cure.
 *
 * Props
 * - failure: plain failure (src/core/errors.ts).
 * - title: the node's name as the user knows it; the id by default.
 * - labels: names of ports and parameters for people, by their name in the failure.
 * - compact: message and cure only, the first lines of each, for a node's card; the inspector has them whole.
 * - children: buttons ("Reset to 100 ms", "Go to node").
 */
import { IconBulb, IconExclamationCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../core/errors';
import classes from './status.module.css';

export interface FailureCardProps {
  readonly failure: Failure;
  readonly title?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly compact?: boolean;
  readonly children?: ReactNode;
}

export function FailureCard({ failure, title, labels = {}, compact = false, children }: FailureCardProps) {
  const name = (id: string): string => labels[id] ?? id;
  const place = [
    title ?? failure.node,
    failure.port && `port ${name(failure.port)}`,
    failure.param && `parameter ${name(failure.param)}`,
    failure.path,
  ].filter(Boolean);
  return (
    <section
      className={classes.failure}
      aria-label={title ? `Failure of ${title}` : 'Failure'}
      data-code={failure.code}
      data-compact={compact || undefined}
      title={compact ? [failure.message, failure.cure].filter(Boolean).join('\n') : undefined}
    >
      <IconExclamationCircle size={16} stroke={1.8} className={classes.failureIcon} aria-hidden />
      <div className={classes.failureBody}>
        {!compact && place.length > 0 && <div className={classes.failurePlace}>{place.join(', ')}</div>}
        <div className={classes.failureMessage}>{failure.message}</div>
        {!compact && (failure.found !== undefined || failure.expected !== undefined) && (
          <dl className={classes.facts}>
            {failure.found !== undefined && (
              <div>
                <dt>Found</dt>
                <dd>{failure.found}</dd>
              </div>
            )}
            {failure.expected !== undefined && (
              <div>
                <dt>Expected</dt>
                <dd>{failure.expected}</dd>
              </div>
            )}
          </dl>
        )}
        {failure.cure && (
          <div className={classes.cure}>
            <IconBulb size={14} stroke={1.8} aria-hidden />
            <span>{failure.cure}</span>
          </div>
        )}
        {children && <div className={classes.buttons}>{children}</div>}
      </div>
    </section>
  );
}
