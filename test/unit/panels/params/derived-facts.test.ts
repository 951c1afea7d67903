import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { AnyNode } from '../../../../src/kit/define-node';
import { ParamForm } from '../../../../src/panels/ParamForm';
import { factsOf, factText } from '../../../../src/panels/params/param-logic';
import { keyOf } from '../../../../src/scheduler/keys';
import { testCatalogue } from '../../../support/test-catalogue';

const constant = testCatalogue.get('test.constant') as AnyNode;
const { derived: _, ...without } = constant;

const form = (definition: AnyNode, values: Record<string, unknown>) =>
  renderToStaticMarkup(
    createElement(
      MantineProvider,
      null,
      createElement(ParamForm, { definition, id: 'one', values, onChange: () => undefined }),
    ),
  );

describe('facts that follow from parameters', () => {
  test('are computed from given and default values', () => {
    expect(factsOf(constant, { value: 2.5 }).map(factText)).toEqual(['10 mV', '4']);
    expect(factsOf(constant, { value: 2.5, length: 1000 }).map(factText)).toEqual(['2,500 mV', '1,000']);
  });

  test('are not told while a parameter is wrong, or where a node has none', () => {
    expect(factsOf(constant, { value: 5000 })).toEqual([]);
    expect(factsOf(constant, { value: 'much' })).toEqual([]);
    expect(factsOf(without, {})).toEqual([]);
  });

  test('stand read-only below the form, with their help', () => {
    const html = form(constant, { value: 3 });
    expect(html.indexOf('Follows from the parameters')).toBeGreaterThan(html.lastIndexOf('data-param='));
    const facts = html.slice(html.indexOf('Follows from the parameters'));
    expect(facts).toContain('12 mV');
    expect(facts).toContain('Of all samples.');
    expect(facts).not.toContain('<input');
    expect(form(constant, { value: 5000 })).not.toContain('Follows from the parameters');
  });

  test('are in no key', async () => {
    const key = (definition: AnyNode) => keyOf(definition, { value: 3, length: 4, seed: 1 }, {}, 'exact');
    expect(await key(without)).toEqual(await key(constant));
  });
});
