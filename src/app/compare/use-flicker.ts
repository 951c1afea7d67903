/** Two pictures in turns. Where people asked for less motion it waits for them to swap. */
import { useEffect, useState } from 'react';

/** Twice a second, well below what may harm (three flashes a second). */
const every = 500;

export function useFlicker(active: boolean) {
  const [running, setRunning] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [second, setSecond] = useState(false);
  useEffect(() => {
    if (!active || !running) return;
    const timer = setInterval(() => setSecond((before) => !before), every);
    return () => clearInterval(timer);
  }, [active, running]);
  return {
    second,
    running,
    toggle: () => setRunning(!running),
    swap: () => setSecond(!second),
  };
}
