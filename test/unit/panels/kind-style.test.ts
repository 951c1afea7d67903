/** Colours of port kinds: contrast on every surface, and distance from each other as people with and without a deficiency see them. */
import { describe, expect, it } from 'vitest';
import { portKinds } from '../../../src/kit/port-type';
import { kindColour, kindStyles, shapePaths } from '../../../src/panels/kind-style';
import { contrast, distance, surfaces, visions } from '../../support/colour-vision';

describe('kind colours', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`stand out by 3:1 on every ${scheme} surface`, () => {
      for (const kind of portKinds) {
        for (const surface of surfaces[scheme]) {
          expect(contrast(kindColour(kind, scheme), surface), `${kind} on ${surface}`).toBeGreaterThanOrEqual(3);
        }
      }
    });

    it.each(visions)(`differ from each other in ${scheme} with %s`, (vision) => {
      for (const a of portKinds) {
        for (const b of portKinds) {
          if (a >= b) continue;
          const apart = distance(kindColour(a, scheme), kindColour(b, scheme), vision);
          // About four just noticeable differences (0.02 each).
          expect(apart, `${a} and ${b}`).toBeGreaterThan(0.075);
        }
      }
    });
  }

  it('are never alone: each kind has a shape of its own, which has an outline', () => {
    const shapes = portKinds.map((kind) => kindStyles[kind].shape);
    expect(new Set(shapes).size).toBe(portKinds.length);
    for (const shape of shapes) expect(shapePaths[shape]).toMatch(/^M[\d.\sa-zA-Z-]+z$/);
  });
});
