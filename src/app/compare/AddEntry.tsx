/** Further results to compare: outputs of the open pipeline of the same kind, and earlier results of the same nodes. */
import { Button, Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { PortGlyph } from '../../canvas/PortGlyph';
import { expand, nodeAnywhere } from '../../document/subgraphs';
import { entriesAtMost, type NewEntry } from '../../editor/comparison';
import { useDocument, useSession } from '../../editor/hooks';
import { keyIn, nodeIn, runName } from '../../editor/run-entries';
import { search } from '../../editor/search';
import { nameAnywhere } from '../../graph/anywhere';
import { topology } from '../../graph/topology';
import type { RunRecord } from '../../library/library';
import classes from './Compare.module.css';
import type { ComparedResult } from './use-results';

const runsAtMost = 8;

export function AddEntry({ results }: { readonly results: readonly ComparedResult[] }) {
  const session = useSession();
  const root = useDocument((state) => state.root);
  const [query, setQuery] = useState('');
  const [runs, setRuns] = useState<readonly RunRecord[]>([]);
  const kind = results[0]?.entry.kind ?? null;
  const compared = new Set(results.map(({ entry }) => `${entry.node}/${entry.port}/${entry.key}`));

  const { document: flat, instances } = expand(root);
  // Inside subgraphs too, and what the subgraphs themselves give.
  const outputs = [...topology(flat).order, ...instances.keys()].flatMap((id): NewEntry[] => {
    const definition = session.catalogue.get(nodeAnywhere(root, id)?.type ?? '');
    if (!definition) return [];
    const name = nameAnywhere(root, id, session.catalogue);
    const fitting = Object.entries(definition.outputs).filter(([, output]) => kind === null || output.kind === kind);
    return fitting.map(([port, output]) => ({
      label: fitting.length > 1 ? `${name}: ${output.label}` : name,
      node: id,
      port,
      kind: output.kind,
      key: null,
      run: null,
    }));
  });
  const free = outputs.filter(({ node, port }) => !compared.has(`${node}/${port}/null`));
  const found =
    query.trim() === ''
      ? free
      : search(query, free, ({ label, node, port }) => ({ title: label, keywords: [node, port] }));

  const shown = new Set(results.map(({ key }) => key));
  const sources = results
    .map(({ entry }) => entry)
    .filter(({ node, port }, at, all) => all.findIndex((each) => each.node === node && each.port === port) === at);
  const earlier = sources.map(({ node, port, kind: own }) => {
    const name = session.document.nameOf(node);
    const found = runs.flatMap((run): NewEntry[] => {
      const then = nodeIn(run, node);
      const key = keyIn(run, then, port);
      if (key === null || shown.has(key)) return [];
      const label = sources.length > 1 ? `${name}: ${runName(run)}` : runName(run);
      return [{ label, node: then, port, kind: own, key, run }];
    });
    const distinct = found.filter(({ key }, at) => found.findIndex((each) => each.key === key) === at);
    return { id: `${node}/${port}`, name, entries: distinct.slice(0, runsAtMost) };
  });

  const load = () => {
    setQuery('');
    session.library.runs
      .list(session.document.store.getState().id, 100)
      .then(setRuns)
      // Without a library there are no earlier runs to offer.
      .catch(() => setRuns([]));
  };
  return (
    <Menu position="bottom-start" width={300} onOpen={load}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={results.length >= entriesAtMost}
        >
          Add
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <TextInput
          className={classes.addSearch}
          size="xs"
          placeholder="Search outputs"
          aria-label="Search outputs"
          leftSection={<IconSearch size={14} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          // Letters belong to the field, not to the menu.
          onKeyDown={(event) => event.key !== 'ArrowDown' && event.key !== 'Escape' && event.stopPropagation()}
        />
        <ScrollArea.Autosize mah={320} type="auto">
          {query === '' &&
            earlier.map(
              ({ id, name, entries }) =>
                entries.length > 0 && (
                  <Fragment key={id}>
                    <Menu.Label>Earlier results of {name}</Menu.Label>
                    {entries.map((entry) => (
                      <Menu.Item key={entry.key} onClick={() => session.comparison.add(entry)}>
                        {entry.run && runName(entry.run)}
                      </Menu.Item>
                    ))}
                  </Fragment>
                ),
            )}
          <Menu.Label>{kind === null ? 'Outputs' : `Outputs of this pipeline: ${kind}`}</Menu.Label>
          {found.length === 0 && <p className={classes.nothing}>No other output of this kind.</p>}
          {found.map((entry) => (
            <Menu.Item
              key={`${entry.node}/${entry.port}`}
              leftSection={<PortGlyph kind={entry.kind} size={12} />}
              onClick={() => session.comparison.add(entry)}
            >
              {entry.label}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}
