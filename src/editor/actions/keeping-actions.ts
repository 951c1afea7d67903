/** Keeping, sharing and looking back. */
import { describeFailure, toFailure } from '../../core/errors';
import { parsePipeline } from '../../document/parse-pipeline';
import { pickPipelineFile } from '../file-io';
import type { EditorSession } from '../session';
import { type Action, always } from './action';

/** What a file has that the open pipeline has not, and the other way round. Nothing is opened. */
async function compareWithFile({ document, keeping, notices }: EditorSession): Promise<void> {
  const picked = await pickPipelineFile().catch(() => null);
  if (!picked) return;
  const file = picked instanceof File ? picked : picked.file;
  try {
    const before = { label: file.name, document: parsePipeline(await file.text()).document };
    const present = document.store.getState().root;
    keeping.versions.setState({ shown: { before, after: { label: 'As it is now', document: present } } });
  } catch (thrown) {
    notices.show({
      level: 'error',
      title: `${file.name} could not be read`,
      message: `${describeFailure(toFailure(thrown, { code: 'file.unreadable' }))} The open pipeline is unchanged.`,
    });
  }
}

export const keepingActions: readonly Action[] = [
  {
    id: 'library',
    label: 'Open the library',
    group: 'File',
    chords: [{ key: 'l', mod: true, shift: true }],
    keywords: ['documents', 'folders', 'recent', 'kept', 'export all', 'zip'],
    run: always(({ dialogs }) => dialogs.setState({ open: 'library' })),
  },
  {
    id: 'new',
    label: 'New pipeline',
    group: 'File',
    chords: [],
    keywords: ['empty', 'create'],
    run: always(({ keeping }) => keeping.shelf.create()),
  },
  {
    id: 'duplicate-pipeline',
    label: 'Duplicate this pipeline',
    group: 'File',
    chords: [],
    keywords: ['copy', 'fork', 'save as'],
    run: always(({ keeping, document }) => keeping.shelf.duplicate(document.store.getState().id)),
  },
  {
    id: 'restore-points',
    label: 'Restore points',
    group: 'File',
    chords: [{ key: 'h', mod: true, alt: true }],
    keywords: ['history', 'versions', 'go back', 'snapshot', 'autosave'],
    run: always(({ dialogs }) => dialogs.setState({ open: 'points' })),
  },
  {
    id: 'keep-point',
    label: 'Keep a restore point now',
    group: 'File',
    chords: [],
    keywords: ['snapshot', 'version', 'checkpoint'],
    run: always(({ keeping }) => keeping.points.keep('')),
  },
  {
    id: 'compare-file',
    label: 'What differs from a file',
    group: 'File',
    chords: [],
    keywords: ['diff', 'versions', 'compare'],
    run: always(compareWithFile),
  },
  {
    id: 'stored-results',
    label: 'Stored results of this pipeline',
    group: 'Run',
    chords: [],
    keywords: ['store', 'cache', 'memory', 'size', 'space', 'budget', 'hold', 'clear'],
    run: always(({ dialogs }) => dialogs.setState({ open: 'stored' })),
  },
  {
    id: 'why',
    label: 'Why each node ran, or will',
    group: 'Run',
    chords: [{ key: 'y', shift: true }],
    keywords: ['reason', 'stored', 'skipped', 'changed', 'cache'],
    run: always(({ layout }) => layout.setState({ log: true, mobile: 'log', lower: 'why' })),
  },
  {
    id: 'run-history',
    label: 'Run history',
    group: 'Run',
    chords: [{ key: 'h', mod: true, shift: true }],
    keywords: ['records', 'earlier runs', 'metrics', 'seeds', 'pinned'],
    run: always(({ dialogs }) => dialogs.setState({ open: 'runs' })),
  },
  {
    id: 'picture-svg',
    label: 'Save a picture of the pipeline as SVG',
    group: 'File',
    chords: [],
    keywords: ['export', 'image', 'figure', 'canvas'],
    run: always(({ keeping }) => keeping.savePicture('svg')),
  },
  {
    id: 'picture-png',
    label: 'Save a picture of the pipeline as PNG',
    group: 'File',
    chords: [],
    keywords: ['export', 'image', 'figure', 'canvas'],
    run: always(({ keeping }) => keeping.savePicture('png')),
  },
  {
    id: 'copy-link',
    label: 'Copy a link to this pipeline',
    group: 'File',
    chords: [],
    keywords: ['share', 'url', 'address'],
    run: always(({ keeping }) => keeping.sharing.copyLink()),
  },
];
