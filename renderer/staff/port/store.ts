import type { StaffState } from '../../../main/contract/staff.ts';

/** What the staff page shows, outside React. `state` null: the kiosk has not answered yet, or is away. */
interface StaffView {
  readonly state: StaffState | null;
  /** This browser has no key, or no longer the whole of it. */
  readonly keyless: boolean;
}

export interface StaffStore {
  get(): StaffView;
  subscribe(listener: () => void): () => void;
  show(state: StaffState): void;
  away(): void;
  keyless(): void;
}

export function createStaffStore(keyless: boolean): StaffStore {
  const listeners = new Set<() => void>();
  let view: StaffView = { state: null, keyless };
  const set = (state: StaffState | null, noKey = false) => {
    view = { state, keyless: noKey };
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show: (state) => set(state),
    away: () => set(null),
    keyless: () => set(null, true),
  };
}
