/** One node: its state and why, parameters with presets, outputs with types and previews, help. */

import { Button, CloseButton, Loader, ScrollArea, Tabs } from '@mantine/core';
import { IconDoorEnter, IconPlayerSkipForward } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { titleOf } from '../../canvas/flow-view';
import { isBoundary, subgraphOf } from '../../document/subgraphs';
import { togglePin } from '../../editor/form-edits';
import {
  useDefinition,
  useDocument,
  useInference,
  useIsRunning,
  useLayout,
  useNode,
  useNodeStatus,
  useSession,
} from '../../editor/hooks';
import type { InspectorTab } from '../../editor/layout-store';
import { enterSubgraph } from '../../editor/levels';
import { formOf } from '../../graph/simple-form';
import type { AnyNode } from '../../kit/define-node';
import { paramMeta } from '../../kit/params';
import { useColourScheme } from '../../panels/colour-scheme';
import { FailureCard } from '../../panels/FailureCard';
import { ParamForm } from '../../panels/ParamForm';
import { ProblemList } from '../../panels/ProblemList';
import { StateBadge } from '../../panels/StateBadge';
import { GetData } from '../datasets/GetData';
import { TryIt } from '../help/TryIt';
import { importAssets } from '../import-files';
import classes from './Inspector.module.css';
import { listProblems } from './list-problems';
import { Outputs } from './Outputs';
import { SubgraphInspector } from './subgraph/SubgraphInspector';

/** Ports and parameters as people know them. */
function labelsOf(definition: AnyNode | undefined): Record<string, string> {
  const ports = Object.entries({ ...definition?.inputs, ...definition?.outputs }).map(([name, { label }]) => [
    name,
    label,
  ]);
  const params = Object.entries(definition?.params ?? {}).map(([name, schema]) => [name, paramMeta(schema).label]);
  return Object.fromEntries([...ports, ...params]);
}

/** Help brings KaTeX with it: loaded when it is first looked at. */
const NodeHelp = lazy(() => import('../../panels/NodeHelp').then((module) => ({ default: module.NodeHelp })));

export function NodeInspector({ id, onClose }: { id: string; onClose?: (() => void) | undefined }) {
  const scheme = useColourScheme();
  const session = useSession();
  const node = useNode(id);
  const status = useNodeStatus(id);
  const inference = useInference(id);
  const running = useIsRunning();
  const tab = useLayout((state) => state.tab);
  const readOnly = useDocument((state) => state.access === 'read-only');
  const definition = useDefinition(node?.type ?? '');
  const form = useDocument(({ root }) => formOf(root));
  if (!node) return null;
  if (isBoundary(node.type)) return <SubgraphInspector onClose={onClose} />;
  const isSubgraph = definition !== undefined && subgraphOf(node.type) !== null;
  const problems = inference?.problems ?? [];
  const paramProblems = Object.fromEntries(
    problems.flatMap(({ param, reason }) => (param === undefined ? [] : [[param, reason]])),
  );
  return (
    <>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2 className={classes.title}>{titleOf(node, session.catalogue)}</h2>
          <p className={classes.sub}>
            <code>{id}</code> · {node.type}
          </p>
        </div>
        <CloseButton aria-label="Close the inspector" onClick={onClose ?? (() => session.selection.clear())} />
      </div>
      <div className={classes.why}>
        <StateBadge {...status} />
        {!status.failure && <p>{status.reason}</p>}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerSkipForward size={15} />}
          disabled={running}
          onClick={() => session.runner.run({ to: [id] })}
        >
          Run to here
        </Button>
        {isSubgraph && (
          <Button
            size="compact-sm"
            variant="light"
            className={classes.open}
            leftSection={<IconDoorEnter size={15} />}
            onClick={() => enterSubgraph(session, id)}
          >
            Open the subgraph
          </Button>
        )}
      </div>
      {status.failure && (
        <div className={classes.section}>
          <FailureCard failure={{ ...status.failure, node: undefined }} labels={labelsOf(definition)} />
        </div>
      )}
      {problems.length > 0 && (
        <div className={classes.section}>
          <ProblemList problems={listProblems(problems, session)} />
        </div>
      )}
      <GetData id={id} />
      {definition ? (
        <Tabs
          value={tab}
          onChange={(value) => session.layout.setState({ tab: (value ?? 'parameters') as InspectorTab })}
          keepMounted={false}
          classNames={{ root: classes.tabs, panel: classes.panel, list: classes.tabList }}
        >
          <Tabs.List>
            <Tabs.Tab value="parameters">Parameters</Tabs.Tab>
            <Tabs.Tab value="outputs">Results</Tabs.Tab>
            <Tabs.Tab value="help">Help</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="parameters">
            <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
              <div className={classes.section}>
                <ParamForm
                  definition={definition}
                  id={`inspector-${id}`}
                  values={inference?.params ?? {}}
                  problems={paramProblems}
                  disabled={readOnly}
                  pin={{
                    isPinned: (param) => form.some((item) => item.node === id && item.param === param),
                    toggle: (param) => togglePin(session, id, param),
                  }}
                  onChange={(param, value, gesture) => session.edits.setParam(id, param, value, gesture)}
                  onPreset={(preset) => session.edits.setParams(id, preset.params as never, preset.label)}
                  onImportFiles={(files) => importAssets(session, files)}
                />
              </div>
            </ScrollArea>
          </Tabs.Panel>
          <Tabs.Panel value="outputs">
            <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
              <Outputs id={id} definition={definition} />
            </ScrollArea>
          </Tabs.Panel>
          <Tabs.Panel value="help">
            <ScrollArea className={classes.scroll} type="auto" scrollbarSize={8}>
              <div className={classes.section}>
                <Suspense fallback={<Loader size="sm" />}>
                  <NodeHelp definition={definition} scheme={scheme}>
                    <TryIt key={definition.type} type={definition.type} />
                  </NodeHelp>
                </Suspense>
              </div>
            </ScrollArea>
          </Tabs.Panel>
        </Tabs>
      ) : (
        <div className={classes.section}>
          <pre className={classes.raw}>{JSON.stringify(node.params, null, 2)}</pre>
        </div>
      )}
    </>
  );
}
