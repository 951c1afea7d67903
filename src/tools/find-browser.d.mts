/** Path of an installed Chrome or Chromium, or null. */
export function findBrowser(): string | null;
