import { type ApplicationDeps, ApplicationSession } from './application-session.ts';

/** At most one application at a time. The former one is wiped before the next begins, and nobody can reach it any more. */
export interface CurrentApplication {
  begin(): void;
  readonly current: ApplicationSession | null;
  end(): void;
}

export function createCurrentApplication(deps: ApplicationDeps): CurrentApplication {
  let current: ApplicationSession | null = null;
  // Over all visits: a page that asks for a picture of the person before gets none.
  let shots = 0;
  const nextShot = () => {
    shots += 1;
    return shots;
  };
  const end = () => {
    const leaving = current;
    current = null;
    leaving?.end();
  };
  return {
    begin() {
      end();
      current = new ApplicationSession(deps, nextShot);
    },
    get current() {
      return current;
    },
    end,
  };
}
