import type { SlipSubject } from '../../print/slips.ts';
import type { ApplicationContext } from './types.ts';

/** What the slip of an application says once it is composed. `null`: there is nothing to print yet. */
export function slipOfApplication({ composed, answer }: ApplicationContext): SlipSubject | null {
  if (composed === null) return null;
  const { receipt } = composed;
  const act = 'card-application' as const;
  switch (answer?.kind) {
    case undefined:
    case 'waiting':
      return { kind: 'received', receipt, act };
    case 'accepted':
      return { kind: 'application-accepted', receipt, weeks: answer.weeks };
    case 'refused':
      return { kind: 'refused', receipt, act, code: answer.code };
    case 'parked':
      return { kind: 'parked', receipt, act };
  }
}
