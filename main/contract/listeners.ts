/** A set of callbacks; the same function may be added once. */
export interface Listeners<A extends readonly unknown[]> {
  /** @returns unsubscribe */
  add(listener: (...args: A) => void): () => void;
  emit(...args: A): void;
}

/** Calls go to the listeners there were when `emit` began, so one may unsubscribe itself or another. */
export function createListeners<A extends readonly unknown[]>(): Listeners<A> {
  const all = new Set<(...args: A) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    emit(...args) {
      for (const listener of [...all]) if (all.has(listener)) listener(...args);
    },
  };
}
