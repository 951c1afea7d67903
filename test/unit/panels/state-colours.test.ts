/**
 * Colours of node states and of compared results: contrast where they are drawn, and distance from each other as people
 * with and without a deficiency see them. On the minimap a state is its colour alone; elsewhere each has a second cue.
 */
import { readFileSync } from 'node:fs';
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { letterOf } from '../../../src/core/letter';
import { figureStyles } from '../../../src/figure/theme';
import type { ColourScheme } from '../../../src/panels/kind-style';
import { plotStyles } from '../../../src/panels/preview/plot-style';
import { type NodeBadgeState, StateBadge } from '../../../src/panels/StateBadge';
import { contrast, distance, surfaces, visions } from '../../support/colour-vision';

const tokens = readFileSync(new URL('../../../src/app/theme/tokens.css', import.meta.url), 'utf8');
const schemes = ['light', 'dark'] as const;

function tokensOf(scheme: ColourScheme): ReadonlyMap<string, string> {
  const block = new RegExp(`data-mantine-color-scheme="${scheme}"\\] \\{([^}]*)\\}`).exec(tokens)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--(sl-[\w-]+): (#[\da-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}
/** As `color-mix(in srgb, COLOUR SHARE, black)`. */
const mixedWithBlack = (hex: string, share: number): string =>
  `#${[1, 3, 5]
    .map((at) => Math.round(Number.parseInt(hex.slice(at, at + 2), 16) * share))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
const badgeStates: readonly NodeBadgeState[] = [
  'idle',
  'stale',
  'queued',
  'running',
  'executed',
  'stored',
  'skipped',
  'failed',
  'blocked',
  'cancelled',
];
const placesOf = (scheme: ColourScheme): readonly (readonly [string, string])[] =>
  Array.from({ length: 6 }, (_, k) => [letterOf(k), tokensOf(scheme).get(`sl-compared-${k + 1}`) ?? ''] as const);

/** Two colours of 0.02 are just told apart side by side; these stand alone. Results as far as the kinds of wires. */
const apart = { states: 0.07, results: 0.075 } as const;

type Named = readonly (readonly [name: string, colour: string])[];
function expectApart(colours: Named, vision: (typeof visions)[number], least: number): void {
  for (const [i, [one, a]] of colours.entries()) {
    for (const [other, b] of colours.slice(0, i)) {
      expect(distance(a, b, vision), `${one} and ${other}, ${a} and ${b}`).toBeGreaterThan(least);
    }
  }
}

describe('state colours', () => {
  /** States that are one to the eye: nothing was done, or it is about to be; their badges tell them apart. */
  const same = { cancelled: 'idle', running: 'queued' } as const;
  const statesOf = (scheme: ColourScheme) =>
    [...tokensOf(scheme)].flatMap(([name, colour]) =>
      name.startsWith('sl-state-') ? [[name.slice('sl-state-'.length), colour] as const] : [],
    );
  const distinct = (scheme: ColourScheme) => statesOf(scheme).filter(([state]) => !(state in same));

  it('are those of every state', () => {
    for (const scheme of schemes) {
      const colours = new Map(statesOf(scheme));
      expect(colours.size).toBe(9);
      for (const [state, other] of Object.entries(same)) expect(colours.get(state)).toBe(colours.get(other));
    }
  });

  it.each(schemes)('are legible as text on every %s surface', (scheme) => {
    for (const [state, colour] of statesOf(scheme)) {
      for (const surface of surfaces[scheme]) {
        expect(contrast(colour, surface), `${state} on ${surface}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it.each(schemes.flatMap((scheme) => visions.map((vision) => [scheme, vision] as const)))(
    'differ from each other in %s with %s',
    (scheme, vision) => expectApart(distinct(scheme), vision, apart.states),
  );

  it('are never alone: every badge has words and an icon of its own', () => {
    const badges = badgeStates.map((state) =>
      renderToStaticMarkup(createElement(MantineProvider, null, createElement(StateBadge, { state }))),
    );
    const icons = badges.map((badge) => /<svg[\s\S]*<\/svg>/.exec(badge)?.[0]);
    const words = badges.map((badge) => badge.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, '').trim());
    for (const parts of [icons, words]) {
      expect(parts.every(Boolean)).toBe(true);
      expect(new Set(parts).size).toBe(badgeStates.length);
    }
  });
});

describe('colours of compared results', () => {
  it.each(schemes)('are those of curves and figures in %s', (scheme) => {
    const colours = placesOf(scheme).map(([, colour]) => colour);
    expect(plotStyles[scheme].curves.slice(0, 6)).toEqual(colours);
    expect(figureStyles[scheme].sequence.slice(0, 6)).toEqual(colours);
    expect(figureStyles.print.sequence).toEqual(figureStyles.light.sequence);
  });

  it.each(schemes)('stand out by 3:1 on every %s surface, and their letters by 4.5:1 on them', (scheme) => {
    const share = Number(new RegExp(`"${scheme}"[^}]*--sl-compared-share: (\\d+)%`).exec(tokens)?.[1]) / 100;
    const letter = tokensOf(scheme).get('sl-surface') ?? '';
    for (const [place, colour] of placesOf(scheme)) {
      for (const surface of surfaces[scheme]) {
        expect(contrast(colour, surface), `${place} on ${surface}`).toBeGreaterThanOrEqual(3);
      }
      expect(contrast(mixedWithBlack(colour, share), letter), place).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(schemes.flatMap((scheme) => visions.map((vision) => [scheme, vision] as const)))(
    'A to F differ from each other in %s with %s',
    (scheme, vision) => expectApart(placesOf(scheme), vision, apart.results),
  );
});
