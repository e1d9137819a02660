import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { CardSession, CardSessionDeps } from './card-session.ts';
import { createCardSession } from './card-session.ts';

/** At most one person at a time. A number that is not the current one finds nobody. */
export interface CurrentCardSession {
  begin(number: CardSessionNumber): void;
  get(number: CardSessionNumber): CardSession | null;
  readonly current: CardSession | null;
  end(): void;
}

export function createCurrentCardSession(deps: CardSessionDeps, onFault: (error: unknown) => void): CurrentCardSession {
  let current: CardSession | null = null;
  const end = () => {
    const leaving = current;
    current = null;
    leaving?.end().catch(onFault);
  };
  return {
    begin(number) {
      end();
      current = createCardSession(number, deps);
    },
    get: (number) => (current?.number === number ? current : null),
    get current() {
      return current;
    },
    end,
  };
}
