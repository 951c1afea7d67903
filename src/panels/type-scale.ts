/**
 * The sizes of text in the page, in px: no other stands in the code (a test looks). Style sheets have them as
 * `--sl-font-small` and so on, Mantine as its own five, drawn plots by number. Figures and pictures that leave the page have
 * sizes of their own, in print.
 */
export const typeScale = {
  /** Units, counts, ticks of small plots: what stands beside something. */
  caption: 11,
  /** Second lines and notes. */
  small: 12,
  /** Everything that is read, and controls. */
  text: 13,
  /** Names of cards, panels and dialogs. */
  title: 15,
  /** Of a view of its own: the form, a help page. */
  heading: 17,
  display: 20,
} as const;

/** For :root. */
export const typeVariables: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(typeScale).map(([name, size]) => [`--sl-font-${name}`, `${size}px`]),
);
