import type { CardSession } from '../../contract/card-host.ts';
import type { PersonPorts, PersonSession } from './card-session.ts';
import { createPersonSession } from './card-session.ts';

/** At most one person at a time. A number that is not the current one finds nobody. */
export interface People {
  begin(number: CardSession): void;
  get(number: CardSession): PersonSession | null;
  readonly current: PersonSession | null;
  end(): void;
}

export function createPeople(ports: PersonPorts, onFault: (error: unknown) => void): People {
  let current: PersonSession | null = null;
  const end = () => {
    const leaving = current;
    current = null;
    leaving?.end().catch(onFault);
  };
  return {
    begin(number) {
      end();
      current = createPersonSession(number, ports);
    },
    get: (number) => (current?.number === number ? current : null),
    get current() {
      return current;
    },
    end,
  };
}
