/** The values that are compared: the whole value of each entry by its key, kept for a while, and why one is not there. */
import { useEffect, useMemo, useState } from 'react';
import { describeFailure, toFailure } from '../../core/errors';
import type { ContentKey } from '../../core/ids';
import type { ComparedEntry } from '../../editor/comparison';
import { useDocument, useResults, useSession } from '../../editor/hooks';
import { documentOf } from '../../editor/run-entries';
import { type ResultPlace, resultPlace } from '../../graph/anywhere';
import type { SpikeLook } from '../../kit/spike-look';
import type { PortValue } from '../../kit/values';
import type { SchedulerClient } from '../../scheduler/client';

export interface Fetched {
  readonly value: PortValue;
  readonly look: SpikeLook | null;
}

export interface ComparedResult {
  readonly entry: ComparedEntry;
  readonly place: number;
  readonly key: ContentKey | null;
  /** Of the node that made it, which may be inside a subgraph. */
  readonly port: string;
  readonly state: 'ready' | 'loading' | 'not-run' | 'gone';
  /** The node was edited since; Run would make another result. */
  readonly stale: boolean;
  /** Why there is nothing to show, in words. */
  readonly reason: string;
  readonly value: PortValue | null;
  readonly look: SpikeLook | null;
  /** Null where the pipeline of an earlier run was not kept. */
  readonly cone: ResultPlace | null;
}

type Answer = Fetched | { readonly missing: string };

/** The last answers, by key and port: stepping between views asks for nothing twice. */
const answers = new Map<string, Promise<Answer>>();
const kept = 16;

function fetchValue(client: SchedulerClient, key: ContentKey, port: string): Promise<Answer> {
  const name = `${key}/${port}`;
  const known = answers.get(name);
  if (known) return known;
  const answer = (async (): Promise<Answer> => {
    try {
      const value = await client.value(key, port);
      if (!value) return forget(name, 'Its result was evicted from the store: run it again to compare it.');
      return { value, look: value.kind === 'spikes' ? await client.spikeLook(key, port) : null };
    } catch (thrown) {
      return forget(name, describeFailure(toFailure(thrown)));
    }
  })();
  answers.set(name, answer);
  for (const oldest of answers.keys()) {
    if (answers.size <= kept) break;
    answers.delete(oldest);
  }
  return answer;
}

function forget(name: string, missing: string): Answer {
  answers.delete(name);
  return { missing };
}

/** The answers for some keys; those that are on their way are absent. */
export function useFetched(
  wanted: readonly { readonly key: ContentKey | null; readonly port: string }[],
): ReadonlyMap<string, Answer> {
  const { client } = useSession();
  const [found, setFound] = useState<ReadonlyMap<string, Answer>>(new Map());
  // A run that has ended may have made again what was gone.
  const run = useResults((state) => (state.run.phase === 'ended' ? state.run.id : null));
  const names = wanted.map(({ key, port }) => `${key}/${port}`).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` stands for what is wanted, `run` for asking again
  useEffect(() => {
    let current = true;
    for (const { key, port } of wanted) {
      if (key === null) continue;
      void fetchValue(client, key, port).then((answer) => {
        if (!current) return;
        // Only what is still compared is held.
        const held = new Set(names.split(' '));
        setFound((before) => new Map([...before].filter(([name]) => held.has(name))).set(`${key}/${port}`, answer));
      });
    }
    return () => {
      current = false;
    };
  }, [client, names, run]);
  return found;
}

export function useComparedResults(entries: readonly ComparedEntry[]): readonly ComparedResult[] {
  const root = useDocument((state) => state.root);
  const statuses = useResults((state) => state.statuses);
  const cones = useMemo(
    () =>
      entries.map(({ node, port, run }) => {
        const owner = run ? documentOf(run) : root;
        return owner && resultPlace(owner, node, port);
      }),
    [entries, root],
  );
  const keys = entries.map(({ key }, k) => key ?? statuses[cones[k]?.node ?? '']?.previewKey ?? null);
  const ports = entries.map(({ port }, k) => cones[k]?.port ?? port);
  const found = useFetched(entries.map((_, k) => ({ key: keys[k] ?? null, port: ports[k] as string })));
  const shape = JSON.stringify(keys);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the keys, `cones` for the ports
  return useMemo(
    () =>
      entries.map((entry, place): ComparedResult => {
        const key = keys[place] ?? null;
        const port = ports[place] as string;
        const cone = cones[place] ?? null;
        const answer = found.get(`${key}/${port}`);
        const fetched = answer && 'value' in answer ? answer : null;
        const missing = answer && 'missing' in answer ? answer.missing : '';
        const status = cone && entry.run === null ? statuses[cone.node] : undefined;
        const notRun = key === null || (missing !== '' && entry.run === null && status?.state !== 'stored');
        return {
          entry,
          place,
          key,
          port,
          state: fetched ? 'ready' : notRun ? 'not-run' : missing ? 'gone' : 'loading',
          stale: key !== null && (status?.previewStale ?? false),
          reason: fetched
            ? ''
            : key !== null
              ? missing
              : cone
                ? 'It has not run yet.'
                : 'Nothing is wired to it inside.',
          value: fetched?.value ?? null,
          look: fetched?.look ?? null,
          cone,
        };
      }),
    [entries, shape, found, statuses, cones],
  );
}
