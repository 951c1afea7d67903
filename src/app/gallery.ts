/** The files of pipelines/, as text, loaded when they are looked at. */
import { parsePipeline } from '../document/parse-pipeline';

const files = import.meta.glob<string>('../../pipelines/*.json', { query: '?raw', import: 'default' });

export interface GalleryEntry {
  /** File name without its ending. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly nodeCount: number;
  readonly text: string;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
const defaultName = 'mnist-balanced-unet';

/** What a first visit opens. */
export async function defaultPipelineText(): Promise<string> {
  const load = Object.entries(files).find(([path]) => nameOf(path) === defaultName)?.[1];
  if (!load) throw new Error(`pipelines/${defaultName}.json is missing from this build.`);
  return load();
}

/** The default first, then by title. Files that do not parse are left out: the tests see to it that there are none. */
export async function loadGallery(): Promise<readonly GalleryEntry[]> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, load]): Promise<GalleryEntry | null> => {
      const text = await load();
      try {
        const { document } = parsePipeline(text);
        const { title, description = '', nodes } = document;
        return { name: nameOf(path), title, description, nodeCount: nodes.length, text };
      } catch {
        return null;
      }
    }),
  );
  return entries
    .filter((entry) => entry !== null)
    .sort((a, b) => Number(b.name === defaultName) - Number(a.name === defaultName) || a.title.localeCompare(b.title));
}
