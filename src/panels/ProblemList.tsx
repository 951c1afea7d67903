/**
 * Everything that stands in the way of a run, as a list to work through.
 *
 * Props
 * - problems: { id, severity: 'error' | 'warning', node (id or null), place (shown name), message, cure? }.
 * - onSelect(problem): go there; without it rows are plain text.
 * - emptyText: said when the list is empty.
 */
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import classes from './status.module.css';

export interface Problem {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly node: string | null;
  readonly place: string;
  readonly message: string;
  readonly cure?: string;
}

export interface ProblemListProps {
  readonly problems: readonly Problem[];
  readonly onSelect?: (problem: Problem) => void;
  readonly emptyText?: string;
}

export function ProblemList({ problems, onSelect, emptyText = 'No problems.' }: ProblemListProps) {
  if (problems.length === 0) {
    return (
      <div className={classes.emptyRow}>
        <IconCircleCheck size={15} stroke={1.8} aria-hidden />
        {emptyText}
      </div>
    );
  }
  return (
    <ul className={classes.problems}>
      {problems.map((problem) => {
        const Icon = problem.severity === 'error' ? IconExclamationCircle : IconAlertTriangle;
        const body = (
          <>
            <Icon size={15} stroke={1.8} aria-label={problem.severity === 'error' ? 'Error' : 'Warning'} />
            <span>
              <b>{problem.place}</b> {problem.message}
              {problem.cure && <span className={classes.dim}> {problem.cure}</span>}
            </span>
          </>
        );
        return (
          <li key={problem.id} data-level={problem.severity}>
            {onSelect ? (
              <button type="button" className={classes.rowButton} onClick={() => onSelect(problem)}>
                {body}
              </button>
            ) : (
              <div className={classes.row}>{body}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
