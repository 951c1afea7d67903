/** Short notices at the lower edge, in the middle, and the live region that speaks them. */
import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle, type TablerIcon } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import { useNotices, useSession } from '../../editor/hooks';
import type { Notice, NoticeLevel } from '../../editor/notices';
import classes from './NoticeStack.module.css';

const icons: Record<NoticeLevel, TablerIcon> = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  error: IconCircleX,
};

/** Long enough to read: a base, and a bit for every character. ms */
const readingTime = ({ title, message }: Notice): number => 4000 + 45 * (title.length + message.length);

export function NoticeStack() {
  const shown = useNotices((state) => state.shown);
  const stack = useRoom();
  return (
    <section ref={stack} className={classes.stack} aria-label="Notices">
      {shown.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

/** On narrow screens page and dialogs leave as much room at their foot as the notices take, so that these cover nothing. */
function useRoom(): RefObject<HTMLElement | null> {
  const stack = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = stack.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { height, top } = element.getBoundingClientRect();
      const room = (px: number): string => (height > 0 ? `${Math.ceil(px) + 8}px` : '0px');
      const { style } = document.documentElement;
      style.setProperty('--sl-notices', room(height + 8));
      style.setProperty('--sl-notices-foot', room(innerHeight - top));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return stack;
}

function NoticeCard({ notice }: { notice: Notice }) {
  const { notices } = useSession();
  const { id, level, title, message, sticky, actions } = notice;
  const Icon = icons[level];
  useEffect(() => {
    if (sticky) return;
    const timer = setTimeout(() => notices.close(id), readingTime(notice));
    return () => clearTimeout(timer);
  }, [notices, id, sticky, notice]);
  return (
    <div className={classes.notice} data-level={level}>
      <Icon size={18} stroke={1.9} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {message && <p className={classes.message}>{message}</p>}
        {actions.length > 0 && (
          <div className={classes.actions}>
            {actions.map((action) => (
              <Button
                key={action.label}
                size="compact-xs"
                variant="light"
                onClick={() => {
                  action.run();
                  notices.close(id);
                }}
              >
                {action.label}
              </Button>
            ))}
          </div>
        )}
      </div>
      <CloseButton size="sm" aria-label="Close this notice" onClick={() => notices.close(id)} />
    </div>
  );
}

/** Read out by screen readers, each sentence once: several in one moment are all read, a repeated one again. */
export function LiveRegion() {
  const recent = useNotices((state) => state.recent);
  return (
    <div className="sl-visually-hidden" role="status" aria-live="polite" aria-atomic={false} aria-label="Announcements">
      {recent.map(({ text, turn }) => (
        <p key={turn}>{text}</p>
      ))}
    </div>
  );
}
