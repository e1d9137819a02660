import type { Settings } from '../../contract/config.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Log } from '../../contract/log-events.ts';
import { type AuditLog, openAudit } from '../../core/audit/audit-log.ts';
import { auditHandlers } from '../../core/audit/handlers.ts';
import type { ReaderHealth } from '../../core/card/reader-health.ts';
import type { Kiosk } from '../../core/kiosk.ts';
import type { OutboxStore } from '../../core/outbox/outbox.ts';
import type { Clock, Delivery, Printer, RandomBytes } from '../../core/ports.ts';
import type { StaffHandlers } from '../../core/staff/handlers.ts';
import { type KeyStore, openKeyStore } from '../../core/staff/key-store.ts';
import { createPasscodeHasher } from '../../core/staff/passcode.ts';
import { createStaffHub, type StaffHub } from '../../core/staff/staff-hub.ts';
import type { Boot } from '../../core/sync/platform-time.ts';

export interface StaffSideDeps {
  readonly data: string;
  readonly settings: Settings;
  readonly kiosk: Kiosk;
  readonly outbox: OutboxStore | null;
  readonly delivery: Delivery;
  readonly printer: Printer;
  readonly watch: Pick<ReaderHealth, 'seen' | 'onNews'>;
  readonly clock: Clock;
  readonly boot: Boot;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly leftOut: () => readonly LeftOut[];
  /** The handlers of every request, once the audit log is open. */
  readonly handlers: (audit: AuditLog) => Partial<StaffHandlers>;
}

export interface StaffSide {
  readonly hub: StaffHub;
  readonly audit: AuditLog;
  /** @param reason goes into the audit log */
  stop(reason: string): void;
}

/**
 * The staff's side of this kiosk, or null: there is no staff key (`npm run staff-key`), or keys or audit log cannot be used. Nothing of
 * the staff's is done that cannot be written down; the counter itself goes on.
 */
export function openStaffSide(sources: StaffSideDeps): StaffSide | null {
  const { data, settings, kiosk, outbox, delivery, printer, watch, clock, boot, random, log } = sources;
  const keys = keysOf(sources);
  if (keys === null) return null;
  const opened = openAudit({ data, clock, log });
  if (!opened.ok) {
    log('core.fault', { where: 'audit.open' });
    keys.close();
    return null;
  }
  const audit = opened.value;
  noteStart(audit, log);
  const hub = createStaffHub({
    kiosk,
    keys,
    hasher: createPasscodeHasher(random),
    audit,
    handlers: { ...auditHandlers(audit, settings.terminal.id, () => clock.now()), ...sources.handlers(audit) },
    clock,
    boot,
    log,
    terminal: settings.terminal,
    idleMs: settings.staff.idleSeconds * 1000,
    strangeSlot: () => watch.seen().strange.length > 0,
    onReaderNews: (listener) => watch.onNews(listener),
    printer,
    onPrinterTrouble: (listener) => printer.onTrouble(listener),
    cameraFault: () => kiosk.cameras.fault,
    onCamera: kiosk.cameras.onChange,
    parked: () => outbox?.counts().parked ?? 0,
    leftOut: sources.leftOut,
    onSettled: (listener) => delivery.onSettled(() => listener()),
  });
  return {
    hub,
    audit,
    stop(reason) {
      hub.stop();
      audit.append({ role: 'kiosk', key: '', action: 'core.stopped', outcome: reason });
      audit.close();
      keys.close();
    },
  };
}

function keysOf({ data, random, log }: StaffSideDeps): KeyStore | null {
  try {
    const keys = openKeyStore(data, random, false);
    if (keys === null || keys.list().length > 0) return keys;
    keys.close();
    return null;
  } catch {
    log('core.fault', { where: 'staff.keys' });
    return null;
  }
}

/** A core that died had no time to say that its console closed; the log says it now, and puts its head where it leaves this file. */
function noteStart(audit: AuditLog, log: Log): void {
  const { seq, hash } = audit.head;
  log('audit.head', { seq, hash: hash.slice(0, 32) });
  const last = audit.last(['console.open', 'console.close', 'core.started']);
  const open = last?.action === 'console.open' && last.outcome === 'done';
  if (open) audit.append({ role: last.role, key: last.key, action: 'console.close', outcome: 'core-restart' });
  audit.append({ role: 'kiosk', key: '', action: 'core.started', outcome: 'done' });
}
