/** A figure on a card and in the panel, before its picture is drawn: its words and the room that it keeps. */
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { FigurePreview } from '../../../../src/kit/preview';
import { PreviewView } from '../../../../src/panels/PreviewView';
import { rasterFigure } from '../../../support/figure-samples';

const render = (preview: FigurePreview, size: 'node' | 'panel' | 'full') =>
  renderToStaticMarkup(
    createElement(MantineProvider, null, createElement(PreviewView, { preview, size, scheme: 'light' })),
  );
const preview: FigurePreview = { kind: 'figure', ...rasterFigure };

describe('a figure', () => {
  it('on a card has its title and how many panels there are', () => {
    const markup = render(preview, 'node');
    expect(markup).toContain('Raster and population rate');
    expect(markup).toContain('1 of 2 panels');
    expect(markup).not.toContain(rasterFigure.caption);
    expect(markup).not.toContain('<summary>Numbers');
  });
  it('in the panel and in full has its caption below and the numbers behind it', () => {
    for (const size of ['panel', 'full'] as const) {
      const markup = render(preview, size);
      expect(markup).toContain(rasterFigure.caption);
      expect(markup).toContain('<summary>Numbers');
    }
  });
  it('without panels says so', () => expect(render({ ...preview, panels: [] }, 'node')).toContain('No panels'));
});
