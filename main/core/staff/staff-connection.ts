import { unreachable } from '../../contract/result.ts';
import type { CoreStaffMessage, HelpView, StaffMessage, StaffState } from '../../contract/staff.ts';
import type { AuditNote } from '../audit/audit-log.ts';
import type { Clock } from '../ports.ts';
import type { CallBell } from './call-bell.ts';
import type { ConsoleLock } from './console-lock.ts';
import { type ConsoleRequests, createConsoleRequests } from './console-requests.ts';
import type { Dispatch } from './dispatch.ts';
import type { StaffWho } from './handlers.ts';
import type { KeyRow } from './key-rows.ts';
import type { PasscodeCheck } from './passcode-check.ts';
import { staffState } from './staff-state.ts';

/** What every connection shares. */
export interface StaffConnectionDeps {
  readonly terminal: StaffState['terminal'];
  readonly clock: Clock;
  readonly findKey: (key: string) => KeyRow | null;
  readonly passcodes: PasscodeCheck;
  readonly consoleLock: ConsoleLock<StaffConnection>;
  readonly dispatch: Dispatch;
  readonly bell: CallBell;
  readonly help: () => HelpView;
  /** A visit is going on at the public screen. */
  readonly isVisited: () => boolean;
  /** Ends that visit. */
  readonly endVisit: () => void;
  /** Into the audit log. */
  readonly note: (note: AuditNote) => void;
  /** Something changed that every page shows. */
  readonly changed: () => void;
}

const whoOf = ({ role, name }: KeyRow): StaffWho => ({ role, key: name });

/** One connection of one staff device. */
export class StaffConnection {
  readonly #deps: StaffConnectionDeps;
  readonly #send: (message: CoreStaffMessage) => void;
  readonly #requests: ConsoleRequests;
  /** The key itself: in memory only, for the passcode's hash. */
  #key: string | null = null;
  #refused: StaffState['refused'] = null;
  /** The last state that was sent. */
  #sent = '';
  #trying = false;
  #gone = false;

  constructor(deps: StaffConnectionDeps, send: (message: CoreStaffMessage) => void) {
    this.#deps = deps;
    this.#send = send;
    this.#requests = createConsoleRequests({
      dispatch: deps.dispatch,
      send,
      note: (who, action, outcome) => this.#note(who, action, outcome),
    });
  }

  /** The key that it showed, where that is one of ours; null: not yet, or not any more. */
  get knownKey(): string | null {
    return this.#row() === null ? null : this.#key;
  }

  /** Sends the state when it is another than the last one sent. */
  show(): void {
    const { consoleLock, clock, changed } = this.#deps;
    if (this.#key === null) return;
    const row = this.#row();
    // A key that was removed meanwhile holds nothing open.
    if (row === null && consoleLock.isHeldBy(this)) consoleLock.close(this, 'gone');
    const message = { type: 'state', state: this.#state() } as const;
    const text = JSON.stringify(message);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#send(message);
    const locked = this.#lockedMs(row);
    if (locked > 0) clock.setTimeout(changed, locked + 1);
  }

  /** The connection is gone: what is still under way opens nothing any more. */
  leave(): void {
    this.#gone = true;
    this.#deps.consoleLock.close(this, 'gone');
  }

  receive(message: StaffMessage): void {
    const { consoleLock } = this.#deps;
    switch (message.type) {
      case 'hello':
        consoleLock.close(this, 'gone');
        this.#key = message.key;
        this.#refused = null;
        this.#sent = '';
        this.show();
        return;
      case 'set-passcode':
        void this.#setPasscode(message.passcode);
        return;
      case 'open':
        this.#open(message.passcode);
        return;
      case 'end-visit':
        this.#endVisit(message.passcode);
        return;
      case 'coming':
        this.#answerCall();
        return;
      case 'close':
        consoleLock.close(this, 'asked');
        return;
      case 'active':
        consoleLock.touch(this);
        return;
      case 'ask': {
        const row = this.#row();
        const holder = row !== null && consoleLock.isHeldBy(this) ? whoOf(row) : null;
        void this.#requests.ask(message.id, message.request, holder);
        return;
      }
      default:
        unreachable(message);
    }
  }

  #row(): KeyRow | null {
    return this.#key === null ? null : this.#deps.findKey(this.#key);
  }

  #lockedMs(row: KeyRow | null): number {
    return row === null ? 0 : this.#deps.passcodes.lockedMs(row);
  }

  #state(): StaffState {
    const { terminal, clock, consoleLock, help } = this.#deps;
    const row = this.#row();
    return staffState({
      terminal,
      refused: this.#refused,
      row,
      open: consoleLock.isHeldBy(this),
      lockedMs: this.#lockedMs(row),
      now: clock.now(),
      closesIn: consoleLock.closesIn,
      help,
    });
  }

  #note(who: StaffWho, action: string, outcome: string): void {
    this.#deps.note({ ...who, action, outcome });
  }

  /** Each try begins with no refusal, so that the page can tell the next one from the last. */
  #beginTry(): void {
    this.#refused = null;
    this.show();
  }

  /** Runs `then` when the passcode is right; says why not otherwise. One try at a time on one connection. */
  async #withPasscode(passcode: string, action: string, then: (who: StaffWho) => void): Promise<void> {
    const row = this.#row();
    if (this.#key === null || row === null || this.#trying) return;
    this.#trying = true;
    const outcome = await this.#deps.passcodes.try(this.#key, passcode).catch(() => 'storage' as const);
    this.#trying = false;
    if (this.#gone) this.#note(whoOf(row), action, 'gone');
    else if (outcome === 'right') {
      this.#refused = null;
      then(whoOf(row));
    } else {
      this.#refused = outcome === 'wrong' || outcome === 'locked' || outcome === 'still-locked' ? 'wrong-passcode' : null;
      // The lock was written down when it came: whoever goes on knocking writes nothing.
      if (outcome !== 'still-locked') this.#note(whoOf(row), action, outcome);
    }
    this.#deps.changed();
  }

  async #setPasscode(passcode: string): Promise<void> {
    const row = this.#row();
    if (this.#key === null || row === null) return;
    this.#beginTry();
    const outcome = await this.#deps.passcodes.setPasscode(this.#key, passcode).catch(() => 'storage' as const);
    this.#refused = outcome === 'weak' ? 'weak-passcode' : null;
    this.#note(whoOf(row), 'passcode.set', outcome);
    this.#deps.changed();
  }

  #open(passcode: string): void {
    const { consoleLock, isVisited } = this.#deps;
    const row = this.#row();
    if (row === null || consoleLock.isHeldBy(this)) return;
    this.#beginTry();
    if (consoleLock.taken || isVisited()) {
      this.#refused = consoleLock.taken ? 'other-console' : 'in-use';
      this.#note(whoOf(row), 'console.open', this.#refused);
      this.show();
      return;
    }
    void this.#withPasscode(passcode, 'console.open', (who) => {
      this.#refused = consoleLock.open(this, who);
      this.#note(who, 'console.open', this.#refused ?? 'done');
      if (this.#refused === null) this.#requests.reopened();
    });
  }

  #endVisit(passcode: string): void {
    const { isVisited, endVisit } = this.#deps;
    this.#beginTry();
    void this.#withPasscode(passcode, 'visit.end', (who) => {
      const there = isVisited();
      if (there) endVisit();
      this.#note(who, 'visit.end', there ? 'done' : 'nobody');
    });
  }

  #answerCall(): void {
    const row = this.#row();
    if (row === null || !this.#deps.bell.answer()) return;
    this.#note(whoOf(row), 'call.coming', 'done');
    this.#deps.changed();
  }
}
