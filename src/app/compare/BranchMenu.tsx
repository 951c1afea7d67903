/** Making a branch of a compared result, and settling the comparison: promote, keep, bring back. Each is one step of undo. */
import { Button, Menu, Tooltip } from '@mantine/core';
import { IconGitBranch, IconGitMerge } from '@tabler/icons-react';
import { letterOf } from '../../core/letter';
import { branchFrom } from '../../editor/compare';
import { useDocument, useSession } from '../../editor/hooks';
import { type Choice, choicesFor, settle } from '../../editor/settle';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import type { ComparedResult } from './use-results';

interface Props {
  readonly results: readonly ComparedResult[];
  /** Place of the result that wins; null: none does. */
  readonly winner: number | null;
}

export function BranchMenu({ results, winner }: Props) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const [first] = results;
  const other = results.find(({ place }) => place > 0 && (winner === null || winner === 0 || place === winner));
  const choices =
    first && other && document
      ? choicesFor(session, [first.entry, other.entry], [letterOf(first.place), letterOf(other.place)])
      : [];
  // The winner's own: a second branch is promoted, the original stays and the other goes.
  const wanted = winner === null ? null : winner === 0 ? `keep ${letterOf(0)}` : `promote ${letterOf(winner)}`;
  const fallback = winner === null ? null : `keep ${letterOf(winner)}`;
  const usable = (id: string | null): Choice | undefined => choices.find((each) => each.id === id && each.plan.ok);
  const oneClick = usable(wanted) ?? usable(fallback);
  return (
    <>
      {oneClick && winner !== null && (
        <Tooltip label={`${oneClick.label}. ${oneClick.help}`}>
          <Button
            size="compact-sm"
            variant="light"
            disabled={readOnly}
            leftSection={<IconGitMerge size={14} />}
            onClick={() => settle(session, oneClick)}
          >
            Promote {letterOf(winner)}
          </Button>
        </Tooltip>
      )}
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" disabled={readOnly} leftSection={<IconGitBranch size={14} />}>
            Branches
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Make a branch</Menu.Label>
          {results
            .filter(({ entry }) => document.nodes.some(({ id }) => id === entry.node))
            .filter(({ entry }, at, all) => all.findIndex((each) => each.entry.node === entry.node) === at)
            .map(({ entry, place }) => (
              <Menu.Item
                key={entry.id}
                leftSection={<Letter place={place} />}
                onClick={() => branchFrom(session, entry.node, 'upstream')}
              >
                Copy what leads to {session.document.nameOf(entry.node)}
              </Menu.Item>
            ))}
          {choices.length > 0 && <Menu.Label>Settle</Menu.Label>}
          {choices.map((choice) => (
            <Menu.Item key={choice.id} disabled={!choice.plan.ok} onClick={() => settle(session, choice)}>
              {choice.label}
              <span className={classes.menuHelp}>{choice.help}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
