/**
 * A pipeline as the fragment of an address: "#p=" and the document as compact JSON, deflated, in base64url. A fragment is
 * never sent to a server. What comes back is untrusted: it is inflated to a limited size and read like any file.
 */
import { Deflate, Inflate, strFromU8, strToU8 } from 'fflate';
import { DocumentError } from '../../core/errors';
import type { PipelineDocument } from '../../document/schema';
import { pipelineFileLimit } from '../file-io';

export const linkMark = '#p=';
/** Longer addresses are cut by mail programs and slow browsers down: such a pipeline is shared as a file. */
export const linkLimit = 8_000;

export function toFragment(document: PipelineDocument): string {
  // Where the view stood is nobody else's business.
  const { viewport: _, ...ui } = document.ui ?? {};
  const text = JSON.stringify(document.ui ? { ...document, ui } : document);
  return (
    linkMark + toBase64Url(collect((take) => new Deflate({ level: 9 }, take), strToU8(text), Number.POSITIVE_INFINITY))
  );
}

/** The text of the pipeline; DocumentError if the link is cut short or damaged. */
export function fromFragment(fragment: string): string {
  try {
    const packed = fromBase64Url(fragment.slice(linkMark.length));
    return strFromU8(collect((take) => new Inflate(take), packed, pipelineFileLimit));
  } catch (cause) {
    const details = {
      code: 'link.damaged',
      message: 'The link holds no whole pipeline: it is cut short or was changed on the way.',
      cure: 'Copy the whole link again, or ask for the pipeline as a file.',
    };
    throw new DocumentError(details, { cause });
  }
}

type Take = (chunk: Uint8Array, final: boolean) => void;

/** Piece by piece, so that a small link cannot unpack to more than fits. */
function collect(
  open: (take: Take) => { push(chunk: Uint8Array, final: boolean): void },
  bytes: Uint8Array,
  limit: number,
) {
  const parts: Uint8Array[] = [];
  let total = 0;
  let complete = false;
  const stream = open((chunk, final) => {
    parts.push(chunk);
    total += chunk.length;
    complete ||= final;
  });
  const step = 4096;
  for (let at = 0; at < bytes.length; at += step) {
    stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
    if (total > limit) throw new Error('too large');
  }
  if (!complete) throw new Error('cut short');
  const out = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (one) => one.charCodeAt(0));
}
