/** Where the time of a tensor node went: its operations with their time and bytes, and what lies outside of them. */
import { formatBytes, formatDuration, formatNumber } from '../core/units';
import type { TablePreview } from '../kit/preview';
import type { OpProfile } from '../scheduler/protocol';
import classes from './preview/preview.module.css';
import { TableView } from './preview/TableView';

/** Rows shown; what is left is told in one. */
const shown = 14;

const column = (name: string, label: string) => ({ name, label, type: 'number' as const });

export function profileTable({ ops, ms }: OpProfile): TablePreview {
  const share = (part: number) => (ms > 0 ? Math.round((100 * part) / ms) : 0);
  const rowOf = (name: string, calls: number, time: number, bytes: number) => ({
    operation: name,
    time: Math.round(time),
    share: share(time),
    calls,
    size: Math.round(bytes / 1e5) / 10,
  });
  const rest = ops.slice(shown);
  const sum = (of: (op: OpProfile['ops'][number]) => number) => rest.reduce((total, op) => total + of(op), 0);
  const rows = ops.slice(0, shown).map(({ name, calls, ms: time, bytes }) => rowOf(name, calls, time, bytes));
  if (rest.length > 0) {
    const name = `${rest.length} more`;
    rows.push(
      rowOf(
        name,
        sum(({ calls }) => calls),
        sum(({ ms: time }) => time),
        sum(({ bytes }) => bytes),
      ),
    );
  }
  return {
    kind: 'table',
    columns: [
      { name: 'operation', label: 'Operation', type: 'text' },
      column('time', 'ms'),
      column('share', '%'),
      column('calls', 'Calls'),
      column('size', 'MB'),
    ],
    rows,
    totalRows: rows.length,
  };
}

export function ProfileView({ profile }: { readonly profile: OpProfile }) {
  const { ops, ms, backend, peakBytes } = profile;
  const inside = ops.reduce((sum, op) => sum + op.ms, 0);
  const calls = ops.reduce((sum, op) => sum + op.calls, 0);
  const outside = Math.max(0, ms - inside);
  return (
    <>
      <p className={classes.lines}>
        {formatDuration(ms)} on {backend}: {formatDuration(inside)} in {formatNumber(calls)} operations,{' '}
        {formatDuration(outside)} outside of them (data, pauses for the page, reading back
        {backend === 'webgpu' ? ', waiting for the device: an operation counts here only until it is handed over' : ''}
        ). At most {formatBytes(peakBytes)} of tensors at a time. MB counts what the operations gave.
      </p>
      <TableView preview={profileTable(profile)} size="panel" />
    </>
  );
}
