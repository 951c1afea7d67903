/**
 * Light or dark, asked of the browser once and handed down: Mantine's own hook asks at every render of every part that uses
 * it, which for the ports of a canvas took a quarter of the time that drawing it takes.
 */
import { useComputedColorScheme } from '@mantine/core';
import { createContext, type ReactNode, use } from 'react';
import type { ColourScheme } from './kind-style';

const SchemeContext = createContext<ColourScheme>('light');

export function ColourSchemeProvider({ children }: { readonly children: ReactNode }) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return <SchemeContext value={scheme}>{children}</SchemeContext>;
}

export const useColourScheme = (): ColourScheme => use(SchemeContext);
