import type { AuditLog, AuditNote } from '../audit/audit-log.ts';
import type { Clock } from '../ports.ts';

/** So long a refusal stands for the same ones after it. */
export const SAME_REFUSAL_MS = 60_000;
/** These are acts or tries, few by themselves, and each counts. */
const EACH: readonly string[] = ['done', 'wrong', 'locked'];
const MOST_REMEMBERED = 500;

/**
 * Writes into the audit log what staff did. A device that asks again and again for what it does not get writes one entry a minute, and not
 * as many as it can send: the log stays short enough to be read.
 */
export function noteOnce(audit: AuditLog, clock: Clock): (note: AuditNote) => void {
  const last = new Map<string, number>();
  return (note) => {
    if (!EACH.includes(note.outcome)) {
      const same = JSON.stringify([note.key, note.action, note.outcome]);
      const now = clock.monotonic();
      if (now - (last.get(same) ?? Number.NEGATIVE_INFINITY) < SAME_REFUSAL_MS) return;
      if (last.size >= MOST_REMEMBERED) last.clear();
      last.set(same, now);
    }
    audit.append(note);
  };
}
