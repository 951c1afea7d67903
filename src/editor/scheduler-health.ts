/** A worker that cannot be started is one notice that stays, with the way to try again; when it starts, the notice goes. */
import type { SchedulerClient } from '../scheduler/client';
import type { Notices } from './notices';

export function watchHealth(
  client: Pick<SchedulerClient, 'onHealth' | 'restart'>,
  notices: Notices,
  onRecovered: () => void,
): () => void {
  let shown: number | null = null;
  return client.onHealth((failure) => {
    if (shown !== null) notices.close(shown);
    if (failure) {
      shown = notices.show({
        level: 'error',
        title: failure.message,
        message: failure.cure ?? '',
        sticky: true,
        actions: [{ label: 'Try again', run: () => client.restart() }],
      });
    } else if (shown !== null) {
      shown = null;
      notices.show({ level: 'good', title: 'The computing thread has started' });
      onRecovered();
    }
  });
}
