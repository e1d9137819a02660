import type { CameraFault } from '../../contract/camera.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Journey } from '../../contract/screens.ts';
import type { CoreStaffMessage, HelpView, StaffMessage } from '../../contract/staff.ts';
import type { AuditLog, AuditNote } from '../audit/audit-log.ts';
import type { Clock, Printer } from '../ports.ts';
import type { Boot } from '../sync/platform-time.ts';
import { type CallBell, createCallBell } from './call-bell.ts';
import { type ConsoleLock, createConsoleLock } from './console-lock.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { createDoor } from './door.ts';
import type { StaffHandlers } from './handlers.ts';
import { helpView } from './help-view.ts';
import type { KeyStore } from './key-store.ts';
import { noteOnce } from './note-once.ts';
import type { PasscodeHasher } from './passcode.ts';
import { createPasscodeCheck, type PasscodeCheck } from './passcode-check.ts';
import { type StaffClient, serveStaffClient } from './staff-connection.ts';

/** The kiosk as the staff's side sees and steers it. */
export interface StaffedKiosk {
  snapshot(): Snapshot;
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  staffCancel(): void;
  readonly staff: {
    /** Takes the public screen out of order. @returns false: somebody is at it */
    open(): boolean;
    close(): void;
    /** Takes the call off the public screen; no touch of the person's. */
    answerCall(): void;
    readonly busy: boolean;
    readonly journey: Journey | null;
  };
}

export interface StaffHubDeps {
  readonly kiosk: StaffedKiosk;
  readonly keys: KeyStore;
  readonly hasher: PasscodeHasher;
  readonly audit: AuditLog;
  readonly handlers: Partial<StaffHandlers>;
  readonly clock: Clock;
  readonly boot: Boot;
  readonly log: Log;
  readonly terminal: Snapshot['terminal'];
  /** The console closes by itself after so long without a touch, ms. */
  readonly idleMs: number;
  /** A slot that nobody uses holds something that is no person's card. */
  readonly strangeSlot: () => boolean;
  readonly onReaderNews: (listener: () => void) => () => void;
  readonly printer: Pick<Printer, 'trouble' | 'paperLow'>;
  readonly onPrinterTrouble: (listener: () => void) => () => void;
  readonly cameraFault: () => CameraFault | null;
  readonly onCamera: (listener: () => void) => () => void;
  /** Rows of the queue that staff must look at. */
  readonly parked: () => number;
  /** What the settings name and this terminal cannot offer. */
  readonly leftOut: () => readonly LeftOut[];
  /** What may change that number. */
  readonly onSettled: (listener: () => void) => () => void;
}

/** What every visitor shares. */
export interface StaffDeps {
  readonly parts: StaffHubDeps;
  readonly access: PasscodeCheck;
  readonly console: ConsoleLock<StaffClient>;
  readonly dispatch: Dispatch;
  readonly bell: CallBell;
  readonly help: () => HelpView;
  /** Into the audit log. */
  readonly note: (note: AuditNote) => void;
  /** Something changed that every page shows. */
  readonly changed: () => void;
}

/** The staff's side of one kiosk: devices come and go, one of them may hold the console. */
export interface StaffHub {
  /** @param drop ends the connection: it showed no known key in time, or its key has too many */
  connect(send: (message: CoreStaffMessage) => void, drop: () => void): { receive(message: StaffMessage): void; close(): void };
  stop(): void;
}

export function createStaffHub(parts: StaffHubDeps): StaffHub {
  const { kiosk, keys, hasher, audit, clock, log } = parts;
  const visitors = new Set<StaffClient>();
  const door = createDoor<StaffClient>(clock);
  const changed = () => {
    for (const visitor of [...visitors]) {
      visitor.show();
      door.look(visitor);
    }
  };
  const bell = createCallBell(clock, () => kiosk.staff.answerCall());
  const room: StaffDeps = {
    parts,
    access: createPasscodeCheck({ keys, hasher, clock, boot: parts.boot }),
    console: createConsoleLock<StaffClient>({
      clock,
      idleMs: parts.idleMs,
      take: () => kiosk.staff.open(),
      giveBack: () => kiosk.staff.close(),
      closed: (who, reason) => {
        audit.append({ ...who, action: 'console.close', outcome: reason });
        changed();
      },
      ticked: changed,
    }),
    dispatch: createDispatch(parts.handlers, log),
    bell,
    note: noteOnce(audit, clock),
    help: () =>
      helpView(kiosk.snapshot(), {
        busy: kiosk.staff.busy,
        journey: kiosk.staff.journey,
        calledAt: bell.calledAt,
        printer: parts.printer.trouble,
        paperLow: parts.printer.paperLow,
        camera: parts.cameraFault(),
        parked: parts.parked(),
        strangeSlot: parts.strangeSlot(),
        leftOut: parts.leftOut(),
      }),
    changed,
  };
  const off = [
    kiosk.onSnapshot(({ staffCalled }) => {
      bell.hear(staffCalled);
      changed();
    }),
    parts.onPrinterTrouble(changed),
    parts.onCamera(changed),
    parts.onReaderNews(changed),
    parts.onSettled(changed),
  ];
  bell.hear(kiosk.snapshot().staffCalled);
  noteNews(keys, audit);

  return {
    connect(send, drop) {
      const visitor = serveStaffClient(room, send);
      visitors.add(visitor);
      door.enter(visitor, drop);
      return {
        receive: (message) => {
          if (message.type !== 'hello') {
            visitor.receive(message);
            return;
          }
          noteNews(keys, audit);
          if (door.isFull(visitor, message.key)) {
            send({ type: 'refused', code: 'too-many' });
            drop();
            return;
          }
          visitor.receive(message);
          door.look(visitor);
        },
        close() {
          visitors.delete(visitor);
          door.leave(visitor);
          visitor.leave();
        },
      };
    },
    stop() {
      for (const unsubscribe of off) unsubscribe();
      room.access.stop();
      room.console.stop();
      bell.stop();
      for (const visitor of visitors) door.leave(visitor);
      visitors.clear();
    },
  };
}

/** Keys are made on the command line, beside the core; the log hears of it here. */
function noteNews(keys: KeyStore, audit: AuditLog): void {
  for (const { action, name } of keys.takeNews()) audit.append({ role: 'kiosk', key: name, action, outcome: 'done' });
}
