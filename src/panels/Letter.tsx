/** The letter of a compared result on its colour: told apart without colour too. */
import { letterOf } from '../core/letter';
import classes from './Letter.module.css';

export const comparedColour = (place: number): string => `var(--sl-compared-${place + 1})`;

export const Letter = ({ place }: { readonly place: number }) => (
  <b className={classes.letter} style={{ ['--sl-own' as string]: comparedColour(place) }}>
    {letterOf(place)}
  </b>
);
