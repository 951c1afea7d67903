/** The paper's symbol, in italics with its sub- and superscripts. */

import { symbolParts } from './param-logic';
import classes from './params.module.css';

export function ParamSymbol({ symbol }: { readonly symbol: string }) {
  return (
    <span className={classes.symbol}>
      {symbolParts(symbol).map(({ text, position }, index) =>
        position === 'base' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed symbol
          <i key={index}>{text}</i>
        ) : position === 'sub' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed symbol
          <sub key={index}>{text}</sub>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed symbol
          <sup key={index}>{text}</sup>
        ),
      )}
    </span>
  );
}
