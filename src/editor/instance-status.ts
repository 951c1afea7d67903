/** What an instance of a subgraph shows: the states of all that is inside it, brought to one. Pure. */
import type { NodeState, NodeStatus } from './node-status';

/** What people must hear of first comes first. */
const urgency: readonly NodeState[] = [
  'failed',
  'running',
  'queued',
  'blocked',
  'cancelled',
  'stale',
  'idle',
  'executed',
  'stored',
];

const done = ({ state }: NodeStatus): boolean => state === 'executed' || state === 'stored';

/** `empty`: what a subgraph without nodes shows. */
export function instanceStatus(inner: readonly NodeStatus[], empty: NodeStatus): NodeStatus {
  const state = urgency.find((each) => inner.some((status) => status.state === each));
  const first = inner.find((status) => status.state === state);
  if (state === undefined || !first) return empty;
  const finished = inner.filter(done).length;
  const of = `${finished} of ${inner.length} done`;
  const same = inner.filter((status) => status.state === state).length;
  const base = {
    state,
    failure: first.failure,
    previewKey: null,
    previewStale: inner.some((each) => each.previewStale),
    fraction: null,
  };
  const inside = `Inside: ${first.reason.charAt(0).toLowerCase()}${first.reason.slice(1)}`;
  switch (state) {
    case 'running': {
      const part = inner.reduce((sum, each) => sum + (done(each) ? 1 : (each.fraction ?? 0)), 0);
      return { ...base, text: of, reason: `Running inside, ${of}.`, fraction: part / inner.length };
    }
    case 'queued':
      return { ...base, text: finished > 0 ? of : 'Queued', reason: first.reason };
    case 'executed':
    case 'stored':
      return {
        ...base,
        text: state === 'executed' ? 'Done' : 'Stored',
        reason: `All ${inner.length} nodes inside have their results.`,
      };
    case 'idle':
      return { ...base, text: finished > 0 ? of : 'Not run', reason: inside };
    default:
      return { ...base, text: same > 1 ? `${first.text} (${same})` : first.text, reason: inside };
  }
}
