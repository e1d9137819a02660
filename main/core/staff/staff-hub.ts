import type { CameraFault } from '../../contract/camera.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Journey } from '../../contract/screens.ts';
import type { CoreStaffMessage, StaffMessage } from '../../contract/staff.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock, Printer } from '../ports.ts';
import type { Boot } from '../sync/platform-time.ts';
import { type CallBell, createCallBell } from './call-bell.ts';
import { createConsoleLock } from './console-lock.ts';
import { createDispatch } from './dispatch.ts';
import { createDoor } from './door.ts';
import type { StaffHandlers } from './handlers.ts';
import { helpView } from './help-view.ts';
import type { KeyStore } from './key-store.ts';
import { noteOnce } from './note-once.ts';
import type { PasscodeHasher } from './passcode.ts';
import { createPasscodeCheck } from './passcode-check.ts';
import { StaffConnection, type StaffConnectionDeps } from './staff-connection.ts';

/** The kiosk as the staff's side sees and steers it. */
interface StaffedKiosk {
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

/** The staff's side of one kiosk: devices come and go, one of them may hold the console. */
export interface StaffHub {
  /** @param drop ends the connection: it showed no known key in time, or its key has too many */
  connect(send: (message: CoreStaffMessage) => void, drop: () => void): { receive(message: StaffMessage): void; close(): void };
  stop(): void;
}

export function createStaffHub(deps: StaffHubDeps): StaffHub {
  const { kiosk, keys, audit, clock } = deps;
  const connections = new Set<StaffConnection>();
  const door = createDoor<StaffConnection>(clock);
  const changed = () => {
    for (const connection of [...connections]) {
      connection.show();
      door.look(connection);
    }
  };
  const bell = createCallBell(clock, () => kiosk.staff.answerCall());
  const shared = sharedDeps(deps, bell, changed);
  const off = listenTo(deps, bell, changed);
  noteNews(keys, audit);

  return {
    connect(send, drop) {
      const connection = new StaffConnection(shared, send);
      connections.add(connection);
      door.enter(connection, drop);
      return {
        receive(message) {
          if (message.type === 'hello') {
            noteNews(keys, audit);
            if (door.isFull(connection, message.key)) {
              send({ type: 'refused', code: 'too-many' });
              drop();
              return;
            }
          }
          connection.receive(message);
          if (message.type === 'hello') door.look(connection);
        },
        close() {
          connections.delete(connection);
          door.leave(connection);
          connection.leave();
        },
      };
    },
    stop() {
      for (const unsubscribe of off) unsubscribe();
      shared.passcodes.stop();
      shared.consoleLock.stop();
      bell.stop();
      for (const connection of connections) door.leave(connection);
      connections.clear();
    },
  };
}

/** What every connection shares. */
function sharedDeps(deps: StaffHubDeps, bell: CallBell, changed: () => void): StaffConnectionDeps {
  const { kiosk, keys, hasher, audit, clock, boot, log } = deps;
  return {
    terminal: deps.terminal,
    clock,
    findKey: (key) => keys.find(key),
    passcodes: createPasscodeCheck({ keys, hasher, clock, boot }),
    consoleLock: createConsoleLock<StaffConnection>({
      clock,
      idleMs: deps.idleMs,
      take: () => kiosk.staff.open(),
      giveBack: () => kiosk.staff.close(),
      closed: (who, reason) => {
        audit.append({ ...who, action: 'console.close', outcome: reason });
        changed();
      },
      ticked: changed,
    }),
    dispatch: createDispatch(deps.handlers, log),
    bell,
    help: () =>
      helpView(kiosk.snapshot(), {
        busy: kiosk.staff.busy,
        journey: kiosk.staff.journey,
        calledAt: bell.calledAt,
        printer: deps.printer.trouble,
        paperLow: deps.printer.paperLow,
        camera: deps.cameraFault(),
        parked: deps.parked(),
        strangeSlot: deps.strangeSlot(),
        leftOut: deps.leftOut(),
      }),
    isVisited: () => kiosk.staff.busy,
    endVisit: () => kiosk.staffCancel(),
    note: noteOnce(audit, clock),
    changed,
  };
}

/** Whatever may change what the pages show. @returns what ends it */
function listenTo(deps: StaffHubDeps, bell: CallBell, changed: () => void): (() => void)[] {
  bell.hear(deps.kiosk.snapshot().staffCalled);
  return [
    deps.kiosk.onSnapshot(({ staffCalled }) => {
      bell.hear(staffCalled);
      changed();
    }),
    deps.onPrinterTrouble(changed),
    deps.onCamera(changed),
    deps.onReaderNews(changed),
    deps.onSettled(changed),
  ];
}

/** Keys are made on the command line, beside the core; the log hears of it here. */
function noteNews(keys: KeyStore, audit: AuditLog): void {
  for (const { action, name } of keys.takeNews()) audit.append({ role: 'kiosk', key: name, action, outcome: 'done' });
}
