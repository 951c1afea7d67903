/**
 * Files in and out of the page. Uses the File System Access API where the browser has it, so that Save writes to the
 * opened file again; elsewhere an ordinary download. What is in a file is left to src/document.
 */

import { DocumentError } from '../core/errors';

/** The parts of the File System Access API that TypeScript's DOM library does not describe. */
interface Pickers {
  showOpenFilePicker?: (options: object) => Promise<FileSystemFileHandle[]>;
  showSaveFilePicker?: (options: object) => Promise<FileSystemFileHandle>;
}
const pickers = (): Pickers => globalThis as Pickers;

const types = [{ description: 'Spikeloom pipeline', accept: { 'application/json': ['.json'] } }];
const openTypes = [
  {
    description: 'Spikeloom pipeline, or a picture with one in it',
    accept: { 'application/json': ['.json'], 'image/png': ['.png'], 'image/svg+xml': ['.svg'] },
  },
];

/** Larger files are no pipelines; reading them would only freeze the page. */
export const pipelineFileLimit = 20_000_000;

export const tooLargeForPipeline = (bytes: number): DocumentError =>
  new DocumentError({
    code: 'document.too-large',
    message: `The file has ${Math.round(bytes / 1e6)} MB, and no pipeline does.`,
    expected: `at most ${pipelineFileLimit / 1e6} MB`,
    cure: 'Choose the pipeline file itself: results and imported images are not in it.',
  });

const dismissed = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'AbortError';

/** Null when the person changed their mind. */
export async function pickPipelineFile(): Promise<File | { file: File; handle: FileSystemFileHandle } | null> {
  const open = pickers().showOpenFilePicker;
  if (open) {
    try {
      const [handle] = await open({ types: openTypes, multiple: false });
      return handle ? { file: await handle.getFile(), handle } : null;
    } catch (thrown) {
      if (dismissed(thrown)) return null;
      throw thrown;
    }
  }
  return pickByInput('.json,application/json,.png,.svg');
}

export function pickByInput(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

/** "My pipeline: v2" to "my-pipeline-v2.json". */
export function fileNameFor(title: string): string {
  const base = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${base || 'pipeline'}.json`;
}

export type SaveResult =
  | { readonly saved: true; readonly name: string; readonly handle: FileSystemFileHandle | null }
  | { readonly saved: false };

/** Writes to `handle`, or asks where to save, or downloads. */
export async function saveTextFile(
  text: string,
  name: string,
  handle: FileSystemFileHandle | null,
): Promise<SaveResult> {
  const choose = pickers().showSaveFilePicker;
  if (handle || choose) {
    try {
      const target = handle ?? (await choose?.({ types, suggestedName: name }));
      if (target) {
        const writable = await target.createWritable();
        await writable.write(text);
        await writable.close();
        return { saved: true, name: target.name, handle: target };
      }
    } catch (thrown) {
      if (dismissed(thrown)) return { saved: false };
      // A file that can no longer be written (moved, permission withdrawn): a download still saves the work.
    }
  }
  download(new Blob([text], { type: 'application/json' }), name);
  return { saved: true, name, handle: null };
}

export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has taken the blob by then; revoking in the same task cancels it in some browsers.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
