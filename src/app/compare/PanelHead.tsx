/** The head of the panel: what is compared, which of its outputs, and what can be done with the comparison. */
import { ActionIcon, Button, CloseButton, Menu, NativeSelect, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconDownload, IconRoute, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { type OtherOutput, otherOutputs, withOutput } from '../../editor/compared-outputs';
import { useSession } from '../../editor/hooks';
import { Letter } from '../../panels/Letter';
import { AddEntry } from './AddEntry';
import { BranchMenu } from './BranchMenu';
import classes from './Compare.module.css';
import type { Reference } from './use-reference';
import type { ComparedResult } from './use-results';

interface Props {
  readonly results: readonly ComparedResult[];
  readonly winner: number | null;
  readonly reference: Reference;
  readonly onReference: (wanted: string) => void;
  readonly onExport: (format: 'svg' | 'png' | 'csv') => void;
  readonly canExport: boolean;
  readonly narrow: boolean;
}

export function PanelHead(props: Props) {
  const { results, winner, reference, onReference, onExport, canExport, narrow } = props;
  const { comparison, canvas } = useSession();
  const lit = useStore(comparison.store, (state) => state.lit);
  const light = () => {
    comparison.set({ lit: !lit, ...(lit ? {} : { maximised: false }) });
    if (!lit) requestAnimationFrame(() => requestAnimationFrame(() => canvas.current?.fit()));
  };
  return (
    <div className={classes.top}>
      <div className={classes.head}>
        <h2 className={narrow ? 'sl-visually-hidden' : undefined}>Compare</h2>
        <ul className={classes.chips} aria-label="Compared results">
          {results.map((result) => (
            <Chip key={result.entry.id} result={result} />
          ))}
        </ul>
        <AddEntry results={results} />
        <OutputChoice results={results} />
        {reference.candidates.length > 0 && (
          <NativeSelect
            className={classes.select}
            size="xs"
            aria-label="Score against"
            value={reference.chosen?.id ?? 'none'}
            data={[
              ...reference.candidates.map(({ id, label }) => ({ value: id, label: `against ${label}` })),
              { value: 'none', label: 'against nothing' },
            ]}
            onChange={(event) => onReference(event.currentTarget.value)}
          />
        )}
        <span className={classes.grow} />
        <BranchMenu results={results} winner={winner} />
        <Button
          size="compact-sm"
          variant={lit ? 'light' : 'default'}
          aria-pressed={lit}
          leftSection={<IconRoute size={14} />}
          onClick={light}
        >
          Show on canvas
        </Button>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <Button size="compact-sm" variant="default" disabled={!canExport} leftSection={<IconDownload size={14} />}>
              Export
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onExport('svg')}>Figure as SVG</Menu.Item>
            <Menu.Item onClick={() => onExport('png')}>Figure as PNG, 300 dpi</Menu.Item>
            <Menu.Item onClick={() => onExport('csv')}>Numbers as CSV</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {!narrow && <WindowButtons />}
    </div>
  );
}

/** Outside of what wraps: they stay in their corner. */
function WindowButtons() {
  const { comparison } = useSession();
  const maximised = useStore(comparison.store, (state) => state.maximised);
  return (
    <div className={classes.window}>
      <Tooltip label={maximised ? 'Back to the foot' : 'Take the whole area'}>
        <ActionIcon
          aria-label={maximised ? 'Restore the comparison' : 'Maximise the comparison'}
          onClick={() => comparison.set({ maximised: !maximised })}
        >
          {maximised ? <IconArrowsDiagonalMinimize2 size={16} /> : <IconArrowsDiagonal size={16} />}
        </ActionIcon>
      </Tooltip>
      <CloseButton aria-label="Close the comparison" onClick={() => comparison.close()} />
    </div>
  );
}

function Chip({ result: { entry, place, stale } }: { readonly result: ComparedResult }) {
  const { comparison } = useSession();
  return (
    <li className={classes.chip}>
      <Letter place={place} />
      <span title={entry.label}>{entry.label}</span>
      {stale && <small title="The node was edited since: Run would make another result">earlier settings</small>}
      <button
        type="button"
        aria-label={`Remove ${entry.label} from the comparison`}
        onClick={() => comparison.remove(entry.id)}
      >
        <IconX size={13} aria-hidden />
      </button>
    </li>
  );
}

/** What else the same results can be looked at by. */
function OutputChoice({ results }: { readonly results: readonly ComparedResult[] }) {
  const session = useSession();
  const entries = results.map(({ entry }) => entry);
  const outputs = otherOutputs(session, entries);
  const [first] = entries;
  if (!first || outputs.length < 2) return null;
  const nameOf = ({ node, port }: Pick<OtherOutput, 'node' | 'port'>): string => JSON.stringify([node, port]);
  const isOfOne = outputs.every(({ node }) => node === outputs[0]?.node);
  return (
    <NativeSelect
      className={classes.select}
      size="xs"
      aria-label="Output"
      value={nameOf({ node: outputs[0]?.node === null ? null : first.node, port: first.port })}
      data={outputs.map((output) => ({
        value: nameOf(output),
        label: isOfOne ? output.label : `${output.nodeName}: ${output.label}`,
      }))}
      onChange={({ currentTarget: { value } }) => {
        const output = outputs.find((each) => nameOf(each) === value);
        if (output) session.comparison.change(withOutput(entries, output));
      }}
    />
  );
}
