/** Before something from outside is opened: what it holds, what is missing here, what was changed to be able to read it. */

import { Button, Modal } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDatabaseOff,
  IconFileOff,
  IconHelpSquareRounded,
  IconRefresh,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { shortText } from '../../core/plain-text';
import { useSession } from '../../editor/hooks';
import { describeSize, type ImportReport } from '../../editor/keeping/import-report';
import { useColourScheme } from '../../panels/colour-scheme';
import { GraphThumb } from '../../panels/GraphThumb';
import classes from './Keeping.module.css';

export function ImportDialog() {
  const { keeping } = useSession();
  const asked = useStore(keeping.incoming.store, (state) => state.asked);
  return (
    <Modal
      opened={asked !== null}
      onClose={() => asked?.decide(false)}
      title={asked ? `Open ${shortText(asked.name, 100)}?` : ''}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Do not open' }}
    >
      {asked && (
        <>
          <Found report={asked.report} />
          <div className={classes.buttons}>
            <Button data-autofocus onClick={() => asked.decide(true)}>
              Open it
            </Button>
            <Button variant="default" onClick={() => asked.decide(false)}>
              Leave it
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}

function Found({ report }: { readonly report: ImportReport }) {
  const { catalogue } = useSession();
  const scheme = useColourScheme();
  const { document, unknown, files, sets, migrated, older, problems } = report;
  return (
    <div className={classes.found}>
      <div className={classes.foundHead}>
        <div className={classes.foundPicture}>
          <GraphThumb document={document} catalogue={catalogue} scheme={scheme} label="What it looks like" titles />
        </div>
        <div>
          <h3>{shortText(document.title, 300)}</h3>
          <p>{describeSize(report)} Your open pipeline stays in the library.</p>
        </div>
      </div>
      <Findings
        icon={<IconHelpSquareRounded size={17} aria-hidden />}
        title="Node types that this version does not know"
        note="They are kept as they are and do not run; everything else does."
        lines={unknown.map(({ type, nodes }) => `${type}: ${nodes.join(', ')}`)}
      />
      <Findings
        icon={<IconFileOff size={17} aria-hidden />}
        title="Imported files that are not in this browser"
        note="Import them again at their node."
        lines={files.map(({ node, file }) => `${file.name} (${node})`)}
      />
      <Findings
        icon={<IconDatabaseOff size={17} aria-hidden />}
        title="Data sets that are not prepared here"
        lines={sets.map(({ node, title, cure }) => `${title} (${node}). ${cure}`)}
      />
      <Findings
        icon={<IconRefresh size={17} aria-hidden />}
        title="Brought up to date"
        lines={[...migrated, ...older]}
      />
      <Findings
        icon={<IconAlertTriangle size={17} aria-hidden />}
        title="Problems to mend after opening"
        lines={problems}
      />
    </div>
  );
}

interface FindingsProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly string[];
}

const shownAtMost = 12;

function Findings({ icon, title, note, lines }: FindingsProps) {
  if (lines.length === 0) return null;
  return (
    <section aria-label={title}>
      <h4>
        {icon} {title}
      </h4>
      {note && <p className={classes.note}>{note}</p>}
      <ul>
        {lines.slice(0, shownAtMost).map((line) => (
          <li key={line}>{shortText(line, 300)}</li>
        ))}
        {lines.length > shownAtMost && <li>and {lines.length - shownAtMost} more</li>}
      </ul>
    </section>
  );
}
