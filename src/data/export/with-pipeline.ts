/** Puts the pipeline into the pictures of an export, so that the editor opens it from them. Other files stay as they are. */
import { type Embedded, embedInPng, embedInSvg } from '../embed/embedded';
import type { ExportedFile } from './exported-file';

export function withPipeline(file: ExportedFile, embedded: Embedded): ExportedFile {
  if (!file.isPicture) return file;
  const bytes = file.path.endsWith('.svg')
    ? new TextEncoder().encode(embedInSvg(new TextDecoder().decode(file.bytes), embedded))
    : embedInPng(file.bytes, embedded);
  return { ...file, bytes };
}
