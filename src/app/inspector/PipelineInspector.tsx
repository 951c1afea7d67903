/** With nothing selected: what this pipeline is, what is wrong with it, how the last run went, and its nodes as a list. */
import { Button, CloseButton, ScrollArea } from '@mantine/core';
import { IconForms } from '@tabler/icons-react';
import { titleOf } from '../../canvas/flow-view';
import { formatDuration } from '../../core/units';
import type { PipelineDocument } from '../../document/schema';
import { useDocument, useLayout, useNodeStatus, useResults, useSession } from '../../editor/hooks';
import { summariseRun } from '../../editor/run-state';
import { graphIndex } from '../../graph/graph-index';
import { checkDocument } from '../../graph/infer';
import { formOf } from '../../graph/simple-form';
import { ProblemList } from '../../panels/ProblemList';
import { StateBadge } from '../../panels/StateBadge';
import { SimpleForm } from '../form/SimpleForm';
import classes from './Inspector.module.css';
import { listProblems } from './list-problems';

export function PipelineInspector({ onClose }: { onClose?: (() => void) | undefined }) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  const pinned = useLayout((state) => state.inspector);
  const problems = checkDocument(document, session.catalogue);
  const show = (node: string) => {
    session.selection.set([node]);
    session.canvas.current?.show(node);
  };
  return (
    <>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2 className={classes.title}>{document.title}</h2>
          <p className={classes.sub}>
            {document.nodes.length} nodes, {document.wires.length} wires
          </p>
        </div>
        {(pinned || onClose) && (
          <CloseButton
            aria-label="Close the inspector"
            onClick={onClose ?? (() => session.layout.setState({ inspector: false }))}
          />
        )}
      </div>
      <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
        <div className={classes.section}>
          {document.description?.split(/\n{2,}/).map((text) => (
            <p key={text} className={classes.description}>
              {text}
            </p>
          ))}
          <FormSection />
          <LastRun />
          {problems.length > 0 && (
            <>
              <h3 className={classes.heading}>{problems.length === 1 ? '1 problem' : `${problems.length} problems`}</h3>
              <ProblemList
                problems={listProblems(problems, session)}
                onSelect={({ node }) => node !== null && show(node)}
              />
            </>
          )}
          <h3 className={classes.heading}>Nodes</h3>
          <ul className={classes.outline}>
            {leftToRight(document).map((id) => (
              <OutlineItem key={id} id={id} onShow={show} />
            ))}
          </ul>
        </div>
      </ScrollArea>
    </>
  );
}

/** As the eye reads the canvas. */
function leftToRight({ nodes, ui }: PipelineDocument): string[] {
  const place = (id: string) => ui?.positions?.[id] ?? { x: 0, y: 0 };
  return nodes.map(({ id }) => id).sort((a, b) => place(a).x - place(b).x || place(a).y - place(b).y);
}

function OutlineItem({ id, onShow }: { id: string; onShow: (id: string) => void }) {
  const { catalogue } = useSession();
  const title = useDocument(({ document }) => {
    const node = graphIndex(document).nodes.get(id);
    return node ? titleOf(node, catalogue) : id;
  });
  const { state, text, reason } = useNodeStatus(id);
  return (
    <li>
      <button type="button" onClick={() => onShow(id)}>
        <span>{title}</span>
        <StateBadge state={state} text={text} reason={reason} />
      </button>
    </li>
  );
}

function FormSection() {
  const session = useSession();
  const count = useDocument(({ root }) => formOf(root).length);
  if (count === 0) return null;
  return (
    <>
      <h3 className={classes.heading}>Form</h3>
      <SimpleForm />
      <Button
        mt={12}
        size="compact-sm"
        variant="default"
        leftSection={<IconForms size={15} />}
        onClick={() => session.layout.setState({ formOnly: true })}
      >
        Show the form alone
      </Button>
    </>
  );
}

function LastRun() {
  const run = useResults((state) => state.run);
  if (run.phase !== 'ended' || run.outcome === null) return null;
  return (
    <>
      <h3 className={classes.heading}>Last run</h3>
      <p className={`${classes.description} sl-number`}>
        {run.outcome === 'succeeded' ? 'Succeeded' : run.outcome === 'failed' ? 'Failed' : 'Cancelled'} in{' '}
        {formatDuration(run.ms)}: {summariseRun(run)}.
      </p>
    </>
  );
}
