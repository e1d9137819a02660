import { ok } from '../../contract/result.ts';
import type { StaffHandlers } from '../staff/handlers.ts';
import type { AuditLog } from './audit-log.ts';

/** The audit log on the staff's page, and as a file for their device. */
export function auditHandlers(audit: AuditLog, terminal: string, now: () => number): Pick<StaffHandlers, 'audit' | 'audit-file'> {
  return {
    audit: async ({ before }) => ok({ what: 'audit', audit: audit.page(before) }),
    'audit-file': async ({ after }) => {
      const day = new Date(now()).toISOString().slice(0, 10);
      return ok({ what: 'audit-part', name: `audit-${terminal.toLowerCase()}-${day}.jsonl`, ...audit.part(after) });
    },
  };
}
