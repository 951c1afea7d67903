/** What the sections of the report are made from, and what each gives. */
import type { Figure } from '../../../kit/figure';
import type { Machine } from '../machine';
import type { Results } from './collect';
import type { Examples } from './examples';
import type { Sizes } from './sizes';

export interface ReportInput {
  readonly results: Results;
  readonly sizes: Sizes;
  readonly machine: Machine;
  /** A sheet of reconstructions, where there are any. */
  readonly examples: Examples | null;
}

/** A part of the report: text, and the figures it shows, by file name. */
export interface Section {
  readonly text: string;
  readonly figures?: Readonly<Record<string, Figure>>;
}

export const reportName = 'balanced-decoding';

/** Markdown of a figure of the report. */
export const figureLink = (file: string, alt: string): string => `![${alt}](${reportName}/${file})`;
