/**
 * Results beside each other: a sentence that says who wins, the pictures or curves, what differs upstream, the numbers.
 * Values come from the store by key, so that looking executes nothing.
 */
import { Button, Loader } from '@mantine/core';
import { IconPlayerPlay, IconTrophy } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { describeFailure, toFailure } from '../../core/errors';
import { useIsRunning, useSession } from '../../editor/hooks';
import { Letter } from '../../panels/Letter';
import classes from './Compare.module.css';
import { DifferenceList, useDifferences } from './DifferenceList';
import { exportComparison, type ShownNow } from './export-comparison';
import type { Picture } from './image-pixels';
import { PanelHead } from './PanelHead';
import { StatisticsTable } from './StatisticsTable';
import { type Conclusion, useConclusion } from './use-conclusion';
import { useReference } from './use-reference';
import { type ComparedResult, useComparedResults } from './use-results';
import { Viewer } from './Viewer';

const nothingShown: ShownNow = { pictures: [], item: '' };

export function ComparePanel({ narrow }: { readonly narrow: boolean }) {
  const session = useSession();
  const entries = useStore(session.comparison.store, (state) => state.entries);
  const [wanted, setWanted] = useState('auto');
  const results = useComparedResults(entries);
  const reference = useReference(results, wanted);
  const conclusion = useConclusion(results, reference);
  const differences = useDifferences(results);
  const shown = useRef<ShownNow>(nothingShown);
  const onShown = useCallback((pictures: readonly Picture[], item: string) => {
    shown.current = { pictures, item };
  }, []);
  const kind = entries[0]?.kind;

  const save = async (format: 'svg' | 'png' | 'csv') => {
    if (!conclusion) return;
    try {
      const now = kind === 'images' ? shown.current : nothingShown;
      await exportComparison(session, { results, conclusion, differences, shown: now }, format);
      session.notices.announce(`Saved the comparison as ${format.toUpperCase()}.`);
    } catch (thrown) {
      session.notices.show({
        level: 'error',
        title: 'The comparison could not be saved',
        message: describeFailure(toFailure(thrown, { code: 'figure.unsaved' })),
      });
    }
  };

  const labels = entries.map(({ label }) => label);
  const ready = results.filter(({ state }) => state === 'ready');
  const rows = conclusion?.rows ?? [];
  const inViewer = kind === 'table' && !rows.some(({ measure }) => measure.sampled);
  return (
    <div className={classes.panel} data-narrow={narrow || undefined}>
      <PanelHead
        results={results}
        winner={conclusion?.verdict.winner ?? null}
        reference={reference}
        onReference={setWanted}
        onExport={save}
        canExport={conclusion !== null && ready.length > 0}
        narrow={narrow}
      />
      <VerdictLine results={results} conclusion={conclusion} />
      <div className={classes.body}>
        <div className={classes.main} data-kind={kind}>
          {ready.length === 0 ? (
            <p className={classes.nothing}>
              {entries.length === 0 ? 'Add two results to compare.' : 'There is no result to show yet.'}
            </p>
          ) : (
            <Viewer
              key={`${kind} ${entries[0]?.port}`}
              results={results}
              conclusion={conclusion}
              differences={differences}
              reference={reference}
              onShown={onShown}
            />
          )}
        </div>
        {entries.length > 1 && (
          <div className={classes.side}>
            <DifferenceList results={results} rows={differences} />
            {!inViewer && kind !== 'figure' && ready.length > 0 && (
              <section aria-label="Statistics">
                <h3>Statistics</h3>
                {conclusion ? <StatisticsTable rows={rows} labels={labels} /> : <Loader size="xs" />}
              </section>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

interface VerdictProps {
  readonly results: readonly ComparedResult[];
  readonly conclusion: Conclusion | null;
}

/** The sentence; or what stands in the way of one, with what helps. */
function VerdictLine({ results, conclusion }: VerdictProps) {
  const session = useSession();
  const running = useIsRunning();
  const waiting = results.filter(({ state }) => state === 'not-run');
  const gone = results.filter(({ state }) => state === 'gone');
  const isFigure = results[0]?.entry.kind === 'figure';
  if (results.length === 1) {
    return <p className={classes.verdict}>Add a second result to compare {results[0]?.entry.label} with.</p>;
  }
  if (waiting.length > 0 || gone.length > 0) {
    return (
      <div className={classes.verdict} role="status" aria-label="Verdict">
        {[...waiting, ...gone].map(({ entry, place, reason }) => (
          <span key={entry.id} className={classes.missing}>
            <Letter place={place} /> {entry.label}: {reason}
          </span>
        ))}
        {waiting.length > 0 && (
          <Button
            size="compact-sm"
            disabled={running}
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => session.runner.run({ to: waiting.map(({ entry }) => entry.node) })}
          >
            {running ? 'Running' : waiting.length > 1 ? 'Run them' : 'Run it'}
          </Button>
        )}
      </div>
    );
  }
  if (isFigure) return null;
  if (!conclusion) {
    return (
      <p className={classes.verdict} role="status" aria-label="Verdict">
        <Loader size="xs" /> Comparing
      </p>
    );
  }
  const { winner, sentence } = conclusion.verdict;
  return (
    <p className={classes.verdict} role="status" aria-label="Verdict" data-winner={winner !== null || undefined}>
      {winner !== null && (
        <>
          <IconTrophy size={16} aria-hidden />
          <Letter place={winner} />
        </>
      )}
      <span>{conclusion.problem ?? sentence}</span>
    </p>
  );
}
