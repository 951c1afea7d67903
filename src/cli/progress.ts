/** Progress on stderr: one line per node, rewritten in place on a terminal, and only at its ends elsewhere. */
import { describeFailure } from '../core/errors';
import { formatBytes, formatDuration } from '../core/units';
import type { RunEvent } from '../scheduler/protocol';

export function createProgress(stream: NodeJS.WriteStream): (event: RunEvent) => void {
  const live = stream.isTTY === true;
  let open = false;
  const line = (text: string) => {
    stream.write(`${open ? '\r\x1b[K' : ''}${text}\n`);
    open = false;
  };
  const rewrite = (text: string) => {
    if (!live) return;
    stream.write(`\r\x1b[K${text}`);
    open = true;
  };
  return (event) => {
    switch (event.type) {
      case 'backend':
        line(`tensors on ${event.backend.name}: ${event.backend.reason}`);
        break;
      case 'started':
        if (!live) line(`${event.node}: started`);
        break;
      case 'progress': {
        const share = event.total > 0 ? Math.floor((100 * event.done) / event.total) : 0;
        const eta = event.eta === null ? '' : `, ${formatDuration(event.eta)} left`;
        rewrite(`${event.node}: ${share} % ${event.label}${eta}`);
        break;
      }
      case 'finished':
        if (event.state === 'executed') {
          line(`${event.node}: done in ${formatDuration(event.ms)}, ${formatBytes(event.bytes)} (${event.reason})`);
        } else line(`${event.node}: ${event.state} (${event.reason})`);
        break;
      case 'failed':
        line(describeFailure({ ...event.failure, node: event.node }));
        break;
      case 'blocked':
        line(`${event.node}: not run, because ${event.by} failed`);
        break;
      case 'cancelled':
        line(`${event.node}: cancelled`);
        break;
      case 'notice':
        line(event.node ? `${event.node}: ${event.message}` : event.message);
        break;
      case 'ended':
        line(`${event.outcome} in ${formatDuration(event.ms)}`);
        break;
      default:
        break;
    }
  };
}
