import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { awaySnapshot, type TerminalFacts, terminalFacts } from './away-snapshot.ts';
import { createValueStore, type ValueStore } from './value-store.ts';

/** What is on the screen, outside React. */
interface View {
  readonly snapshot: Snapshot;
  /** The host answers. While it does not, intents lead nowhere and the page says so. */
  readonly connected: boolean;
}

export interface ViewStore extends Omit<ValueStore<View>, 'set'> {
  show(snapshot: Snapshot): void;
  /** Drops the last snapshot at once; of it only the terminal's own facts stay. */
  away(): void;
}

export function createViewStore(): ViewStore {
  const { get, subscribe, set } = createValueStore<View>({ snapshot: awaySnapshot(null), connected: false });
  let known: TerminalFacts | null = null;
  return {
    get,
    subscribe,
    show(snapshot) {
      known = terminalFacts(snapshot);
      set({ snapshot, connected: true });
    },
    away() {
      if (get().connected) set({ snapshot: awaySnapshot(known), connected: false });
    },
  };
}
