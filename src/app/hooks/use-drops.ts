/** Files dropped anywhere on the page: a pipeline opens; other files go to the selected node if it takes them. */
import { useEffect, useState } from 'react';
import type { EditorSession } from '../../editor/session';
import { importFilesInto } from '../import-files';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
const isPipeline = (file: File): boolean =>
  file.name.toLowerCase().endsWith('.json') || file.type === 'application/json';

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
      const pipeline = files.find(isPipeline);
      if (pipeline) void pipeline.text().then((text) => session.keeping.incoming.take(text, pipeline.name));
      else if (files.length > 0) void importFilesInto(session, files);
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
