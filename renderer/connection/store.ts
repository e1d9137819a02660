import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { awaySnapshot, type TerminalFacts, terminalFacts } from './away-snapshot.ts';

/** What is on the screen, outside React: one snapshot, replaced whole, never merged with an older one. */
interface View {
  readonly snapshot: Snapshot;
  /** The host answers. While it does not, intents lead nowhere and the page says so. */
  readonly connected: boolean;
}

export interface ViewStore {
  get(): View;
  /** @returns unsubscribe */
  subscribe(listener: () => void): () => void;
  show(snapshot: Snapshot): void;
  /** Drops the last snapshot at once; of it only the terminal's own facts stay. */
  away(): void;
}

export function createViewStore(): ViewStore {
  const listeners = new Set<() => void>();
  let known: TerminalFacts | null = null;
  let view: View = { snapshot: awaySnapshot(null), connected: false };
  const set = (next: View) => {
    view = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(snapshot) {
      known = terminalFacts(snapshot);
      set({ snapshot, connected: true });
    },
    away() {
      if (view.connected) set({ snapshot: awaySnapshot(known), connected: false });
    },
  };
}
