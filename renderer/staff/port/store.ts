import type { StaffState } from '../../../main/contract/staff.ts';
import { createValueStore, type ValueStore } from '../../connection/value-store.ts';

/** What the staff page shows, outside React. `state` null: the kiosk has not answered yet, or is away. */
interface StaffView {
  readonly state: StaffState | null;
  /** This browser has no key, or no longer the whole of it. */
  readonly keyless: boolean;
}

export interface StaffStore extends Omit<ValueStore<StaffView>, 'set'> {
  show(state: StaffState): void;
  away(): void;
  keyless(): void;
}

export function createStaffStore(keyless: boolean): StaffStore {
  const { get, subscribe, set } = createValueStore<StaffView>({ state: null, keyless });
  return {
    get,
    subscribe,
    show: (state) => set({ state, keyless: false }),
    away: () => set({ state: null, keyless: false }),
    keyless: () => set({ state: null, keyless: true }),
  };
}
