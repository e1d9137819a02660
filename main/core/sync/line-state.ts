import { createListeners } from '../../contract/listeners.ts';
import type { Log } from '../../contract/log-events.ts';
import type { PlatformError } from '../ports.ts';
import { OUTAGE_AT } from './pace.ts';

type LineName = 'online' | 'offline';

/** Whether the platform can be reached, as the person's screen shows it. */
export interface LineState {
  readonly name: LineName;
  /** Nobody of the platform's answers at all: a row that leaves now may be taken by something on the way, and cannot be taken back any more. */
  readonly down: boolean;
  /** @param failures of this purpose in a row: a platform that answers badly so often is no better than none */
  failed(error: PlatformError, failures: number): void;
  /** Nobody has answered for longer than a person would wait; perhaps somebody will. */
  silent(): void;
  /** @param failures in a row of the purpose that fares worst */
  worked(failures: number): void;
  /** @returns unsubscribe */
  on(listener: (line: LineName) => void): () => void;
}

export function createLineState(log: Log): LineState {
  let name: LineName = 'offline';
  let unanswered = false;
  const changes = createListeners<[LineName]>();
  const set = (next: LineName) => {
    if (name === next) return;
    name = next;
    log('sync.line', { line: next });
    changes.emit(next);
  };
  return {
    get name() {
      return name;
    },
    get down() {
      return name === 'offline' && unanswered;
    },
    failed(error, failures) {
      // An answer of the platform's own, however bad, is one.
      unanswered = error.kind === 'line';
      if (error.kind === 'line' || failures >= OUTAGE_AT) set('offline');
    },
    silent() {
      unanswered = true;
      set('offline');
    },
    worked(failures) {
      if (failures < OUTAGE_AT) set('online');
    },
    on: changes.add,
  };
}
