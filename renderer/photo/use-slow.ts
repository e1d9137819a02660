import { useEffect, useRef, useState } from 'react';

/** A value for ears: the newest, but no more often than every `ms`, so that a screen reader is not cut off by the next. */
export function useSlow<T>(value: T, ms: number): T {
  const [told, setTold] = useState(value);
  const at = useRef(0);
  useEffect(() => {
    if (value === told) return;
    const timer = setTimeout(
      () => {
        at.current = Date.now();
        setTold(value);
      },
      Math.max(0, at.current + ms - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [value, told, ms]);
  return told;
}
