/**
 * Places that change at once (a layout, an alignment) are shown as a short movement, so that the eye can follow; with
 * reduced motion they are simply there. Only the view moves: the document has the new places from the start.
 */
import { type Dispatch, type SetStateAction, useCallback, useEffect, useMemo, useRef } from 'react';
import type { FlowNode } from './flow-view';

/** ms */
const duration = 220;

type SetNodes = Dispatch<SetStateAction<FlowNode[]>>;

export function useGlide(setNodes: SetNodes) {
  const armed = useRef(false);
  const after = useRef<(() => void) | undefined>(undefined);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const show = useCallback(
    (next: (before: FlowNode[]) => FlowNode[]) => {
      cancelAnimationFrame(frame.current);
      const done = () => {
        const then = after.current;
        after.current = undefined;
        // Once React Flow has the new places.
        if (then) requestAnimationFrame(() => requestAnimationFrame(then));
      };
      if (!armed.current || matchMedia('(prefers-reduced-motion: reduce)').matches) {
        armed.current = false;
        setNodes(next);
        done();
        return;
      }
      armed.current = false;
      let from: ReadonlyMap<string, FlowNode['position']> | null = null;
      const start = performance.now();
      const step = () => {
        const share = Math.min(1, (performance.now() - start) / duration);
        setNodes((before) => {
          from ??= new Map(before.map(({ id, position }) => [id, position]));
          const target = next(before);
          return share === 1 ? target : between(from, target, easeOut(share));
        });
        if (share < 1) frame.current = requestAnimationFrame(step);
        else done();
      };
      step();
    },
    [setNodes],
  );
  const glide = useCallback((then?: () => void) => {
    armed.current = true;
    after.current = then;
  }, []);
  return useMemo(() => ({ show, glide }), [show, glide]);
}

const easeOut = (t: number): number => 1 - (1 - t) ** 3;

function between(from: ReadonlyMap<string, FlowNode['position']>, to: readonly FlowNode[], share: number): FlowNode[] {
  return to.map((node) => {
    const start = from.get(node.id);
    const { x, y } = node.position;
    if (!start || (start.x === x && start.y === y)) return node;
    return { ...node, position: { x: start.x + (x - start.x) * share, y: start.y + (y - start.y) * share } };
  });
}
