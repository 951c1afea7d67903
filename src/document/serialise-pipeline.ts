/**
 * A document as the text of a file: two spaces, keys where they stand, final newline. Nodes, wires and unknown fields
 * that no command has touched since the file was read are written byte for byte as they were. The inside of a subgraph is
 * written as the whole that it is part of.
 */
import type { PipelineDocument } from './schema';
import { wholeDocument } from './subgraphs';
import { writeJson } from './write-json';

export const serialisePipeline = (document: PipelineDocument): string => `${writeJson(wholeDocument(document))}\n`;
