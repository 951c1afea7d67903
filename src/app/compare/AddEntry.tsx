/** Further results to compare: outputs of the open pipeline of the same kind, and earlier results of the same nodes. */
import { Button, Menu, ScrollArea, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { PortGlyph } from '../../canvas/PortGlyph';
import { keyIn, runName } from '../../editor/compare-entries';
import { entriesAtMost, type NewEntry } from '../../editor/comparison';
import { useDocument, useSession } from '../../editor/hooks';
import { search } from '../../editor/search';
import { nodeName } from '../../graph/names';
import { topology } from '../../graph/topology';
import type { RunRecord } from '../../library/library';
import classes from './Compare.module.css';
import type { ComparedResult } from './use-results';

const runsAtMost = 8;

export function AddEntry({ results }: { readonly results: readonly ComparedResult[] }) {
  const session = useSession();
  const document = useDocument((state) => state.document);
  const [query, setQuery] = useState('');
  const [runs, setRuns] = useState<readonly RunRecord[]>([]);
  const kind = results[0]?.entry.kind ?? null;
  const compared = new Set(results.map(({ entry }) => `${entry.node}/${entry.port}/${entry.key}`));

  const outputs = topology(document).order.flatMap((id): NewEntry[] => {
    const node = document.nodes.find((each) => each.id === id);
    const definition = node && session.catalogue.get(node.type);
    if (!node || !definition) return [];
    const fitting = Object.entries(definition.outputs).filter(([, output]) => kind === null || output.kind === kind);
    return fitting.map(([port, output]) => ({
      label:
        fitting.length > 1
          ? `${nodeName(document, node, session.catalogue)}: ${output.label}`
          : nodeName(document, node, session.catalogue),
      node: id,
      port,
      kind: output.kind,
      key: null,
      text: null,
    }));
  });
  const free = outputs.filter(({ node, port }) => !compared.has(`${node}/${port}/null`));
  const found =
    query.trim() === ''
      ? free
      : search(query, free, ({ label, node, port }) => ({ title: label, keywords: [node, port] }));

  const earlier = runs.flatMap((record) =>
    results.slice(0, 1).flatMap(({ entry, key: shown }): NewEntry[] => {
      const key = keyIn(record, entry.node);
      if (key === null || key === shown || compared.has(`${entry.node}/${entry.port}/${key}`)) return [];
      return [{ ...entry, label: runName(record), key, text: record.text ?? null }];
    }),
  );
  const distinct = earlier
    .filter(({ key }, at) => earlier.findIndex((each) => each.key === key) === at)
    .slice(0, runsAtMost);

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
          {distinct.length > 0 && query === '' && (
            <>
              <Menu.Label>Earlier results of {results[0] && session.document.nameOf(results[0].entry.node)}</Menu.Label>
              {distinct.map((entry) => (
                <Menu.Item key={entry.key} onClick={() => session.comparison.add(entry)}>
                  {entry.label}
                </Menu.Item>
              ))}
            </>
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
