/** What is wrong with a node before anything runs. Problems never keep a document from opening or being edited. */
import type { Failure, FailureKind } from '../core/errors';
import type { NodeId } from '../core/ids';

export interface Problem {
  readonly node: NodeId;
  readonly port?: string;
  readonly param?: string;
  /** Stable, for tests and scripts: "input.missing". */
  readonly code: string;
  /** A full sentence: what is wrong and where. */
  readonly reason: string;
  readonly cure: string;
  /** error: the node cannot run. warning: it runs, but not quite as the file says. */
  readonly severity: 'error' | 'warning';
}

function kindOf(code: string): FailureKind {
  if (code.startsWith('param.')) return 'parameter';
  if (code === 'wire.dt' || /(^|\.)(dt|unit)-mismatch$/.test(code)) return 'unit-mismatch';
  if (/(^|\.)shape-mismatch$/.test(code)) return 'shape-mismatch';
  return 'document';
}

/** The plain failure that a run reports for a node that has this problem. */
export function problemFailure(problem: Problem): Failure {
  const { node, port, param, code, reason, cure } = problem;
  return {
    kind: kindOf(code),
    code,
    message: reason,
    node,
    ...(port === undefined ? {} : { port }),
    ...(param === undefined ? {} : { param }),
    cure,
  };
}
