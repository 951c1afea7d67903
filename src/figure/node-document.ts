/** A document to draw figures with where there is no browser. */
import { parseHTML } from 'linkedom';

export const nodeDocument = (): Document => parseHTML('<!doctype html><html><body></body></html>').document as Document;
