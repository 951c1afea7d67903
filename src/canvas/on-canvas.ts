/** Nothing has the focus, or a part of the canvas that takes no text and is no control or menu: its keys are the canvas's. */
export function onCanvas(target: EventTarget | null, box: HTMLElement | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return false;
  if (target === document.body) return true;
  if (!(target instanceof HTMLElement) || !box?.contains(target)) return false;
  return !target.isContentEditable && target.closest('input, textarea, select, button, [role="dialog"]') === null;
}
