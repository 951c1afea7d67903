/** Ticked runs of the history against each other, by an output that all of them have. */
import { Button, NativeSelect } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import { compareRuns } from '../../editor/compare';
import { useSession } from '../../editor/hooks';
import { mainOutput, outputsOfRuns, type RunOutput } from '../../editor/run-entries';
import type { RunRecord } from '../../library/library';

export function CompareChosen({
  runs,
  onClose,
}: {
  readonly runs: readonly RunRecord[];
  readonly onClose: () => void;
}) {
  const session = useSession();
  const [wanted, setWanted] = useState('');
  const outputs = runs.length < 2 ? [] : outputsOfRuns(runs, session.catalogue);
  const nameOf = ({ node, port }: RunOutput): string => JSON.stringify([node, port]);
  const output = outputs.find((each) => nameOf(each) === wanted) ?? mainOutput(outputs);
  return (
    <>
      {output && (
        <NativeSelect
          size="xs"
          aria-label="Output to compare"
          value={nameOf(output)}
          data={outputs.map((each) => ({ value: nameOf(each), label: `${each.nodeName}: ${each.label}` }))}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      <Button
        leftSection={<IconArrowsDiff size={15} />}
        disabled={runs.length < 2}
        onClick={() => {
          if (compareRuns(session, runs, output)) onClose();
        }}
      >
        {runs.length < 2 ? 'Compare: tick two' : `Compare ${runs.length}`}
      </Button>
    </>
  );
}
