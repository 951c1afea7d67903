/** Gives the keyboard focus to a part of the page that is about to be drawn. */

/** Frames to wait for it: panels come with a selection, and drawers with a transition. */
const patience = 30;

/** `name`: what the part carries as data-focus; its own first control is focused where the part itself takes no focus. */
export function focusSoon(name: 'inspector' | 'outline', tries = patience): void {
  requestAnimationFrame(() => {
    const part = document.querySelector<HTMLElement>(`[data-focus="${name}"]`);
    if (part) part.focus({ preventScroll: true });
    else if (tries > 0) focusSoon(name, tries - 1);
  });
}
