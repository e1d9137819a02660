import { HealthCheckId, type HealthReport } from '../../../contract/staff.ts';
import type { Clock } from '../../ports.ts';
import { type CheckOf, type Finding, found } from './check.ts';

export type Checks = { readonly [I in HealthCheckId]: CheckOf<I> };

/** The core also serves a screen: so many at a time. */
const AT_ONCE = 4;
/** Longer than any answer that helps; a request to the platform has this long too. */
export const DEADLINE_MS = 8000;

/** Runs every check, in any order, and reports in the fixed one. A check that throws or hangs is a finding of its own. */
export async function runChecks(checks: Checks, terminal: string, clock: Clock): Promise<HealthReport> {
  const at = new Date(clock.now()).toISOString();
  const ids = HealthCheckId.options;
  const findings = new Map<HealthCheckId, Finding>();
  let next = 0;
  const worker = async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) findings.set(id, await inTime(checks[id], clock));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const results = ids.map((id, index) => ({ number: index + 1, id, ...(findings.get(id) ?? failed) }));
  return { at, terminal, results };
}

const failed = found('unknown', 'failed');

async function inTime(check: () => Promise<Finding>, clock: Clock): Promise<Finding> {
  let timer: unknown = null;
  const late = new Promise<Finding>((resolve) => {
    timer = clock.setTimeout(() => resolve(found('unknown', 'no-answer', { seconds: DEADLINE_MS / 1000 })), DEADLINE_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return failed;
  } finally {
    clock.clearTimeout(timer);
  }
}
