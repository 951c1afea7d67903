/**
 * What the server of this page has and can do about data sets. Our own (npm start, npm run dev) prepares them on request
 * (src/tools/datasets/endpoint.mjs); any other only has files, or has them not.
 */
import { DataError } from '../../core/errors';

const at = (path: string): URL => new URL(path, document.baseURI);

/** True also where nothing answers: the run would say so. */
export async function isServed(folder: string): Promise<boolean> {
  try {
    const answer = await fetch(at(`data/${folder}/manifest.json`), { method: 'HEAD', cache: 'no-cache' });
    // A server that answers everything with the page has no data set there.
    return answer.ok && !(answer.headers.get('content-type') ?? '').includes('html');
  } catch {
    return true;
  }
}

/** Whether this server prepares the set. */
export async function canPrepare(folder: string): Promise<boolean> {
  try {
    const answer = await fetch(at('datasets'));
    const told: unknown = answer.ok ? await answer.json() : null;
    const { prepares } = (told ?? {}) as { prepares?: unknown };
    return Array.isArray(prepares) && prepares.includes(folder);
  } catch {
    return false;
  }
}

interface Told {
  readonly line?: string;
  readonly ready?: boolean;
  readonly failure?: string;
}

/** Whole lines of a stream of text. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) yield line;
    if (done) return;
  }
}

const failed = (message: string): DataError => new DataError({ code: 'data.not-got', message });

/** Has the server prepare a set; `onLine` gets its progress. Throws DataError with the server's words. */
export async function prepare(folder: string, onLine: (line: string) => void): Promise<void> {
  const answer = await fetch(at(`datasets/${folder}`), { method: 'POST' });
  if (!answer.ok || !answer.body) throw failed(`The server does not prepare data sets (${answer.status}).`);
  for await (const text of linesOf(answer.body)) {
    const { line, ready, failure } = JSON.parse(text) as Told;
    if (line !== undefined) onLine(line.trim());
    if (failure !== undefined) throw failed(failure);
    if (ready) return;
  }
  throw failed('The server ended before the data set was ready. Start it again, then get the data again.');
}
