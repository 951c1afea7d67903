/** The inner size of an element in whole CSS pixels, 0 until it is known. */
import { useLayoutEffect, useRef, useState } from 'react';

export function useBox<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  const [box, setBox] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () =>
      setBox((before) => {
        const next = { width: Math.floor(element.clientWidth), height: Math.floor(element.clientHeight) };
        return before.width === next.width && before.height === next.height ? before : next;
      });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, box] as const;
}
