/** Titles of axes: "Rate (Hz)". Symbols, written out or as letters ("eta", "g", "CV"), stay as they are. */
import { axisTitle } from './ticks';

const greek =
  /^(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega)\b/;

export const figureAxisTitle = (label: string, unit: string): string =>
  axisTitle(
    /^[a-z][a-z-]{2}/.test(label) && !greek.test(label) ? label.charAt(0).toUpperCase() + label.slice(1) : label,
    unit,
  );
