/** One file of an export. */
export interface ExportedFile {
  /** Relative, with "/": "quality.summary.csv" or "predict.images/60000.png". */
  readonly path: string;
  readonly bytes: Uint8Array;
}
