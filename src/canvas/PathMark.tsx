/** On a card, while a comparison is shown on the canvas: the letters of the results it leads to, or a veil over it. */
import { useStore as useFlowStore } from 'reactflow';
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

/** Seen from afar, ring and letters stay legible: at most four times their size, in steps. */
const magnify = (zoom: number): number => Math.min(4, Math.max(1, Math.round(2 / zoom) / 2));

export function PathMark({ id }: { readonly id: string }) {
  const places = usePathPlaces(id);
  const scale = useFlowStore(({ transform }) => magnify(transform[2]));
  if (places === null) return null;
  if (places.length === 0) return <div className={classes.veil} />;
  return (
    <div
      className={classes.ring}
      style={{ ['--sl-path' as string]: pathColour(places), ['--sl-magnified' as string]: scale }}
    >
      <span className={classes.letters}>
        {places.map((place) => (
          <Letter key={place} place={place} />
        ))}
      </span>
    </div>
  );
}
