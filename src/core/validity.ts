/** "May I?" as a value: allowed, or refused with a reason that a person can read and, where known, a cure. */

export interface Refusal {
  readonly ok: false;
  /** Stable, for tests and translation. */
  readonly code: string;
  /** A full sentence: what is wrong and where. */
  readonly reason: string;
  /** What to do about it. */
  readonly cure?: string;
}
export type Validity = { readonly ok: true } | Refusal;

export const valid: Validity = { ok: true };
export const refuse = (code: string, reason: string, cure?: string): Refusal =>
  cure === undefined ? { ok: false, code, reason } : { ok: false, code, reason, cure };
