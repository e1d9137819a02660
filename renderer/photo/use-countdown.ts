import { useCallback, useEffect, useRef, useState } from 'react';

/** Counts whole seconds down to nothing. */
export interface Countdown {
  /** Seconds left; `null`: nothing is being counted. */
  readonly left: number | null;
  /** Does nothing while it counts: a double touch starts it once. */
  readonly start: (seconds: number) => void;
  readonly stop: () => void;
}

/** @param onEnd called once when a count has come to its end */
export function useCountdown(onEnd: () => void): Countdown {
  const [left, setLeft] = useState<number | null>(null);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => {
      if (left > 1) return setLeft(left - 1);
      setLeft(null);
      end.current();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return {
    left,
    start: useCallback((seconds) => setLeft((was) => was ?? seconds), []),
    stop: useCallback(() => setLeft(null), []),
  };
}
