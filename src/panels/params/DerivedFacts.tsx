/**
 * What follows from a node's parameters and is no parameter itself, read-only and small, below the form. Help is in a
 * tooltip, and in the text for those who do not point.
 */
import { Tooltip } from '@mantine/core';
import type { DerivedFact } from '../../kit/define-node';
import { factText } from './param-logic';
import classes from './params.module.css';

export function DerivedFacts({ facts }: { readonly facts: readonly DerivedFact[] }) {
  if (facts.length === 0) return null;
  return (
    <section className={classes.facts} aria-label="Follows from the parameters">
      <dl>
        {facts.map((fact) => (
          <div key={fact.label}>
            <Tooltip label={fact.help} multiline w={270} position="top-start">
              <dt>{fact.label}</dt>
            </Tooltip>
            <dd>
              {factText(fact)}
              <span className="sl-visually-hidden">. {fact.help}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
