/**
 * What state a node is in: icon, words and colour, never colour alone; the reason is the tooltip.
 *
 * Props
 * - state: one of NodeBadgeState.
 * - text: two or three words ("Done in 3.2 s"); the state's own word by default.
 * - reason: a full sentence for the tooltip and for screen readers.
 * - fraction: 0..1 while running and known; drawn as a ring that fills.
 * - iconOnly: for narrow places; the words stay readable to screen readers.
 */
import { Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconExclamationCircle,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconRefreshAlert,
  type TablerIcon,
} from '@tabler/icons-react';
import classes from './status.module.css';

export type NodeBadgeState =
  | 'idle'
  | 'stale'
  | 'queued'
  | 'running'
  | 'executed'
  | 'stored'
  | 'skipped'
  | 'failed'
  | 'blocked'
  | 'cancelled';

export interface StateBadgeProps {
  readonly state: NodeBadgeState;
  readonly text?: string;
  readonly reason?: string;
  readonly fraction?: number | null;
  readonly iconOnly?: boolean;
}

interface Look {
  readonly icon: TablerIcon;
  readonly word: string;
}

const looks: Readonly<Record<Exclude<NodeBadgeState, 'running'>, Look>> = {
  idle: { icon: IconCircleDashed, word: 'Not run' },
  stale: { icon: IconRefreshAlert, word: 'Out of date' },
  queued: { icon: IconClock, word: 'Queued' },
  executed: { icon: IconCircleCheck, word: 'Done' },
  stored: { icon: IconArchive, word: 'Stored' },
  skipped: { icon: IconPlayerSkipForward, word: 'Not needed' },
  failed: { icon: IconExclamationCircle, word: 'Failed' },
  blocked: { icon: IconBan, word: 'Blocked' },
  cancelled: { icon: IconPlayerStop, word: 'Cancelled' },
};

/** A ring that fills; without a known fraction a quarter of it turns. */
function Ring({ fraction }: { readonly fraction: number | null }) {
  const length = 2 * Math.PI * 5.5;
  const shown = fraction ?? 0.25;
  return (
    <svg
      width={15}
      height={15}
      viewBox="0 0 15 15"
      aria-hidden
      className={fraction === null ? classes.turn : undefined}
    >
      <circle cx={7.5} cy={7.5} r={5.5} fill="none" stroke="currentColor" strokeOpacity={0.25} strokeWidth={2.4} />
      <circle
        cx={7.5}
        cy={7.5}
        r={5.5}
        fill="none"
        stroke="currentColor"
        strokeWidth={2.4}
        strokeDasharray={`${shown * length} ${length}`}
        transform="rotate(-90 7.5 7.5)"
      />
    </svg>
  );
}

export function StateBadge({ state, text, reason, fraction = null, iconOnly = false }: StateBadgeProps) {
  const look = state === 'running' ? null : looks[state];
  const percent = fraction === null ? 'Running' : `${Math.floor(100 * Math.min(1, Math.max(0, fraction)))} %`;
  const words = text ?? look?.word ?? percent;
  const Icon = look?.icon;
  return (
    <Tooltip
      label={iconOnly && reason ? `${words}. ${reason}` : (reason ?? words)}
      multiline
      maw={300}
      disabled={!reason && !iconOnly}
    >
      <span className={classes.badge} data-state={state}>
        {Icon ? <Icon size={15} stroke={1.8} aria-hidden /> : <Ring fraction={fraction} />}
        <span className={iconOnly ? classes.hidden : classes.badgeText}>{words}</span>
        {reason && <span className={classes.hidden}>. {reason}</span>}
      </span>
    </Tooltip>
  );
}
