import { createListeners } from '../../main/contract/listeners.ts';

/** One value outside React, replaced whole, never merged with an older one (`useSyncExternalStore`). */
export interface ValueStore<T> {
  get(): T;
  /** @returns unsubscribe */
  subscribe(listener: () => void): () => void;
  set(next: T): void;
}

export function createValueStore<T>(first: T): ValueStore<T> {
  const changes = createListeners<[]>();
  let value = first;
  return {
    get: () => value,
    subscribe: changes.add,
    set(next) {
      value = next;
      changes.emit();
    },
  };
}
