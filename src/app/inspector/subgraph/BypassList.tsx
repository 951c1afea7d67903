/** What each output of a bypassed instance hands on. */
import { Select } from '@mantine/core';
import type { Subgraph } from '../../../document/schema';
import { useSession } from '../../../editor/hooks';
import { changeSubgraph } from '../../../editor/subgraph-edits';
import classes from './Subgraph.module.css';

export function BypassList({ definition }: { definition: Subgraph }) {
  const session = useSession();
  const { inputs, outputs, through = {} } = definition;
  const set = (output: string, input: string | null) => {
    const { [output]: _, ...others } = through;
    changeSubgraph(session, {
      type: 'set-through',
      subgraph: definition.id,
      through: input === null ? others : { ...others, [output]: input },
    });
  };
  const possible = outputs.filter(({ kind }) => inputs.some((input) => input.kind === kind));
  return (
    <section aria-label="When bypassed">
      <h3 className={classes.heading}>When bypassed</h3>
      {possible.length === 0 && (
        <p className={classes.none}>No input is of the kind of an output, so the subgraph cannot be bypassed.</p>
      )}
      {possible.map(({ id, name, kind }) => (
        <Select
          key={id}
          size="xs"
          label={`${name} hands on`}
          placeholder="Nothing"
          clearable
          clearButtonProps={{ 'aria-label': `${name} hands on nothing` }}
          data={inputs.filter((input) => input.kind === kind).map((input) => ({ value: input.id, label: input.name }))}
          value={through[id] ?? null}
          onChange={(value) => set(id, value)}
        />
      ))}
    </section>
  );
}
