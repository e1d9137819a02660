import { join } from 'node:path';
import type { Settings } from '../../contract/config.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Opening } from '../../core/hours/opening.ts';
import type { OutboxStore } from '../../core/outbox/outbox.ts';
import type { Clock, Printer } from '../../core/ports.ts';
import type { SettingsSource } from '../../core/settings/load-settings.ts';
import type { StartSettings } from '../../core/settings/profile-choice.ts';
import { deviceHandlers } from '../../core/staff/device/handlers.ts';
import { type TrialHandlerDeps, trialHandlers } from '../../core/staff/device/trial-handlers.ts';
import type { StaffHandlers } from '../../core/staff/handlers.ts';
import type { Machine } from '../../core/staff/health/all-checks.ts';
import { healthHandlers } from '../../core/staff/health/handlers.ts';
import { probeCard } from '../../core/staff/health/probe-card.ts';
import { openingHandlers } from '../../core/staff/opening-handlers.ts';
import { queueHandlers } from '../../core/staff/queue/handlers.ts';
import type { StaffPorts } from './core-ports.ts';

export interface OpsHandlerDeps {
  readonly started: StartSettings;
  readonly source: SettingsSource;
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly machine: Machine;
  readonly outbox: OutboxStore | null;
  readonly printer: Pick<Printer, 'check' | 'paperLow'>;
  readonly staff: StaffPorts;
  readonly leftOut: () => readonly LeftOut[];
  readonly restart: (reason: string) => void;
  readonly kiosk: TrialHandlerDeps['kiosk'];
  readonly opening: Opening;
}

/** Health, queue, settings and enrolment, from the real parts. */
export function opsHandlers(sources: OpsHandlerDeps): Partial<StaffHandlers> {
  const { started, source, data, clock, log, machine, outbox, printer, staff, leftOut, restart, kiosk, opening } = sources;
  const { client, delivery, watch, verifyAnswer } = staff;
  const settings: Settings = started.settings;
  return {
    ...healthHandlers({
      settings,
      data,
      clock,
      machine,
      seen: watch.seen,
      // These are asked only while the console is open, and then no visit can begin: the card on the reader is nobody's session.
      probe: () => (session) => probeCard(watch.reader, session, log),
      outbox,
      client,
      printer,
      leftOut,
    }),
    ...queueHandlers({
      outbox,
      delivery,
      clock,
      terminal: settings.terminal.id,
      mediaFolder: settings.staff.mediaFolder,
      plainMedia: settings.environment === 'sandbox',
      verify: verifyAnswer,
      folder: join(data, 'queue'),
    }),
    ...trialHandlers({ kiosk }),
    ...openingHandlers(opening),
    ...deviceHandlers({ started, source, data, clock, client, restart }),
  };
}
