/**
 * Files dropped anywhere on the page: a pipeline opens, also one inside a picture; an archive joins the library; other files
 * go to the selected node if it takes them.
 */
import { useEffect, useState } from 'react';
import { importWithNotice } from '../../editor/keeping/exchange';
import { isPipelineFile } from '../../editor/keeping/incoming';
import type { EditorSession } from '../../editor/session';
import { importFilesInto } from '../import-files';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
const isArchive = (file: File): boolean => file.name.toLowerCase().endsWith('.zip');

/** One file may be a pipeline, a picture with a pipeline in it, or a whole library; the rest is for a node. */
async function takeIn(session: EditorSession, files: readonly File[]): Promise<void> {
  const { keeping, library, catalogue, notices } = session;
  const pipeline = files.find(isPipelineFile) ?? (files.length === 1 ? files[0] : undefined);
  if (pipeline && isArchive(pipeline)) {
    await importWithNotice({ library, catalogue, notices }, pipeline);
    keeping.shelf.changed();
  } else if (!pipeline || !mayHold(pipeline) || (await keeping.incoming.takeFile(pipeline)) === 'no pipeline') {
    if (files.length > 0) await importFilesInto(session, files);
  }
}
const mayHold = (file: File): boolean => isPipelineFile(file) || /\.(png|svg)$/i.test(file.name);

/** True while files are held over the page. */
export function useDrops(session: EditorSession): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      setOver(false);
      if (event.defaultPrevented) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      void takeIn(session, files);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, [session]);
  return over;
}
