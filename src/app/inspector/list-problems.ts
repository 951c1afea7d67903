/** Problems of the graph as rows for the list. */
import type { EditorSession } from '../../editor/session';
import type { Problem } from '../../graph/problem';
import type { Problem as ProblemRow } from '../../panels/ProblemList';

export const listProblems = (problems: readonly Problem[], session: EditorSession): ProblemRow[] =>
  problems.map(({ node, port, param, code, reason, cure, severity }) => ({
    id: [node, code, port, param].join(' '),
    severity,
    node,
    place: session.document.nameOf(node),
    message: reason,
    cure,
  }));
