/** One file of an export. */
export interface ExportedFile {
  /** Relative, with "/": "quality.summary.csv" or "predict.images/60000.png". */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** A picture to look at, not data to read again: it may carry the pipeline that made it (with-pipeline.ts). */
  readonly isPicture?: true;
}
