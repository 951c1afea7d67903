/** On a card, while a comparison is shown on the canvas: the letters of the results it leads to, or a veil over it. */
import { useStore } from 'zustand';
import { useDocument, useSession } from '../editor/hooks';
import { litPaths } from '../editor/lit-paths';
import { comparedColour, Letter } from '../panels/Letter';
import classes from './PathMark.module.css';

/** Colour of a compared result, by its place; of what leads to several, neutral. */
export const pathColour = (places: readonly number[]): string =>
  places.length === 1 ? comparedColour(places[0] ?? 0) : 'var(--sl-text-2)';

/** Null while nothing is lit; no places: not on any path. */
export function usePathPlaces(node: string): readonly number[] | null {
  const { comparison } = useSession();
  const document = useDocument((state) => state.document);
  return useStore(comparison.store, (state) => {
    const paths = litPaths(state, document);
    return paths && (paths.nodes.get(node) ?? none);
  });
}
const none: readonly number[] = [];

export function PathMark({ id }: { readonly id: string }) {
  const places = usePathPlaces(id);
  if (places === null) return null;
  if (places.length === 0) return <div className={classes.veil} />;
  return (
    <div className={classes.ring} style={{ ['--sl-path' as string]: pathColour(places) }}>
      <span className={classes.letters}>
        {places.map((place) => (
          <Letter key={place} place={place} />
        ))}
      </span>
    </div>
  );
}
