/** What the checks of a lesson may look at, from the session: document, states, tables of finished nodes, last run. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { expand } from '../../document/subgraphs';
import { useDocument, useResults, useSession } from '../../editor/hooks';
import type { Facts } from '../../editor/lessons';
import type { TableRow } from '../../kit/values';

const none: readonly string[] = [];

export function useFacts(): Omit<Facts, 'kept'> {
  const session = useSession();
  const document = useDocument(({ root }) => root);
  const statuses = useResults((state) => state.statuses);
  const run = useResults((state) => state.run);
  const comparison = useStore(session.comparison.store);
  const tables = useTables();
  return useMemo(() => {
    const executed = Object.entries(run.nodes).flatMap(([id, node]) => (node.phase === 'executed' ? [id] : []));
    return {
      document,
      statuses,
      tables,
      lastRun: run.phase === 'ended' && run.outcome !== null ? { outcome: run.outcome, executed } : null,
      compared: comparison.open ? comparison.entries.map(({ node }) => node) : none,
    };
  }, [document, statuses, tables, run, comparison]);
}

/** By "node.port": rows of every table whose result is the one that the document asks for now. */
function useTables(): Facts['tables'] {
  const session = useSession();
  const nodes = useDocument(({ root }) => expand(root).document.nodes);
  const statuses = useResults((state) => state.statuses);
  const [rows, setRows] = useState<Readonly<Record<string, readonly TableRow[]>>>({});
  const asked = useRef(new Set<string>());
  const wanted = useMemo(
    () =>
      nodes.flatMap(({ id, type }) => {
        const status = statuses[id];
        const isCurrent = (status?.state === 'executed' || status?.state === 'stored') && !status.previewStale;
        const key = isCurrent ? status.previewKey : null;
        const outputs = Object.entries(session.catalogue.get(type)?.outputs ?? {});
        return key === null
          ? []
          : outputs.flatMap(([port, { kind }]) => (kind === 'table' ? [{ output: `${id}.${port}`, key, port }] : []));
      }),
    [nodes, statuses, session],
  );
  useEffect(() => {
    for (const { key, port } of wanted) {
      const name = `${key}/${port}`;
      if (asked.current.has(name)) continue;
      asked.current.add(name);
      session.client
        .value(key, port)
        .then((value) => {
          if (value?.kind === 'table') setRows((before) => ({ ...before, [name]: value.rows }));
          else asked.current.delete(name);
        })
        .catch(() => asked.current.delete(name));
    }
  }, [wanted, session]);
  return useMemo(
    () =>
      Object.fromEntries(
        wanted.flatMap(({ output, key, port }) => {
          const found = rows[`${key}/${port}`];
          return found ? [[output, found]] : [];
        }),
      ),
    [wanted, rows],
  );
}
