import { ok } from '../../../contract/result.ts';
import type { StaffHandlers } from '../handlers.ts';
import { allChecks, type HealthDeps } from './all-checks.ts';
import { healthFile } from './health-file.ts';
import { runChecks } from './run-checks.ts';

export function healthHandlers(sources: HealthDeps): Pick<StaffHandlers, 'health' | 'health-file'> {
  const look = () => runChecks(allChecks(sources), sources.settings.terminal.id, sources.clock);
  return {
    health: async () => ok({ what: 'health', report: await look() }),
    'health-file': async ({ as }) => ok({ what: 'file', file: healthFile(await look(), as) }),
  };
}
