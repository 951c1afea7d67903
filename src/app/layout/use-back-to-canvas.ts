/** Escape in a side panel gives the focus back to the node on the canvas; in an open list or field it first closes that. */
import { type KeyboardEvent, useCallback } from 'react';
import { useSession } from '../../editor/hooks';

export function useBackToCanvas(): (event: KeyboardEvent) => void {
  const session = useSession();
  return useCallback(
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const { target } = event;
      // Events of menus come here through React's tree although they lie elsewhere.
      if (!(target instanceof HTMLElement) || !event.currentTarget.contains(target)) return;
      if (target.getAttribute('aria-expanded') === 'true' && target.matches('[role="combobox"], input')) return;
      if (
        target instanceof HTMLInputElement &&
        target.type === 'text' &&
        target.value !== '' &&
        target.matches('[data-palette-search]')
      )
        return;
      event.preventDefault();
      session.canvas.current?.focus();
    },
    [session],
  );
}
