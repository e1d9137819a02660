import { unreachable } from '../../contract/result.ts';
import type { CoreStaffMessage, StaffMessage, StaffRequest, StaffState } from '../../contract/staff.ts';
import type { StaffWho } from './handlers.ts';
import type { KeyRow } from './key-rows.ts';
import { triesLeft } from './lockout.ts';
import type { StaffDeps } from './staff-hub.ts';

/** One connection of one staff device. */
export interface StaffClient {
  /** The key that it showed, where that is one of ours; null: not yet, or not any more. */
  readonly knownKey: string | null;
  receive(message: StaffMessage): void;
  /** Sends the state when it is another than the last one sent. */
  show(): void;
  /** The connection is gone: what is still under way opens nothing any more. */
  leave(): void;
}

/** These only look: written into the audit log once for each time the console is open, not at every refresh. */
const LOOKS: readonly StaffRequest['what'][] = ['health', 'queue', 'report', 'trial', 'settings', 'audit'];

export function serveStaffClient(room: StaffDeps, send: (message: CoreStaffMessage) => void): StaffClient {
  const { parts, access, console, dispatch, bell } = room;
  const { keys, clock } = parts;
  /** The key itself: in memory only, for the passcode's hash. */
  let key: string | null = null;
  let refused: StaffState['refused'] = null;
  let sent = '';
  let trying = false;
  let gone = false;
  const looked = new Set<string>();

  const row = (): KeyRow | null => (key === null ? null : keys.find(key));
  const whoOf = ({ role, name }: KeyRow): StaffWho => ({ role, key: name });
  const note = (who: StaffWho, action: string, outcome: string) => room.note({ ...who, action, outcome });

  const state = (): StaffState => {
    const found = row();
    const { terminal } = parts;
    const base = { v: 1, terminal, refused } as const;
    if (found === null) {
      const none = { lockedUntil: null, triesLeft: null, role: null, keyName: '', closesIn: null, help: null };
      return { ...base, access: 'unknown-key', ...none };
    }
    const open = console.isHeldBy(visitor);
    const locked = access.lockedMs(found);
    return {
      ...base,
      access: open ? 'open' : locked > 0 ? 'locked' : found.passcode === null ? 'no-passcode' : 'closed',
      // To the second: the page says when, and only the machine's run knows.
      lockedUntil: locked === 0 ? null : new Date(Math.ceil((clock.now() + locked) / 1000) * 1000).toISOString(),
      triesLeft: triesLeft(found),
      role: found.role,
      keyName: found.name,
      closesIn: open ? console.closesIn : null,
      help: room.help(),
    };
  };
  const show = () => {
    if (key === null) return;
    // A key that was removed meanwhile holds nothing open.
    if (console.isHeldBy(visitor) && row() === null) console.close(visitor, 'gone');
    const message = { type: 'state', state: state() } as const;
    const text = JSON.stringify(message);
    if (text === sent) return;
    sent = text;
    send(message);
    const found = row();
    const locked = found === null ? 0 : access.lockedMs(found);
    if (locked > 0) clock.setTimeout(room.changed, locked + 1);
  };

  /** Runs `then` when the passcode is right; says why not otherwise. One try at a time on one connection. */
  const withPasscode = async (passcode: string, action: string, then: (who: StaffWho) => void) => {
    const found = row();
    if (key === null || found === null || trying) return;
    trying = true;
    const outcome = await access.try(key, passcode).catch(() => 'storage' as const);
    trying = false;
    if (gone) note(whoOf(found), action, 'gone');
    else if (outcome === 'right') {
      refused = null;
      then(whoOf(found));
    } else {
      refused = outcome === 'wrong' || outcome === 'locked' || outcome === 'still-locked' ? 'wrong-passcode' : null;
      // The lock was written down when it came: whoever goes on knocking writes nothing.
      if (outcome !== 'still-locked') note(whoOf(found), action, outcome);
    }
    room.changed();
  };

  /** Each try begins with no refusal, so that the page can tell the next one from the last. */
  const beginTry = () => {
    refused = null;
    show();
  };

  const open = (passcode: string) => {
    const found = row();
    if (found === null || console.isHeldBy(visitor)) return;
    beginTry();
    if (console.taken || parts.kiosk.staff.busy) {
      refused = console.taken ? 'other-console' : 'in-use';
      note(whoOf(found), 'console.open', refused);
      show();
      return;
    }
    void withPasscode(passcode, 'console.open', (who) => {
      refused = console.open(visitor, who);
      note(who, 'console.open', refused ?? 'done');
      if (refused === null) looked.clear();
    });
  };

  const ask = async (id: number, request: StaffRequest) => {
    const found = row();
    if (found === null || !console.isHeldBy(visitor)) {
      send({ type: 'failed', id, error: 'not-open' });
      return;
    }
    const who = whoOf(found);
    const answer = await dispatch(request, who);
    const outcome = answer.ok ? (answer.value.what === 'profile-refused' ? 'settings-refused' : 'done') : answer.error;
    const seen = `${request.what} ${outcome}`;
    // A file in parts is one act: its first part.
    const further = request.what === 'audit-file' && request.after > 0;
    if (!further && (!LOOKS.includes(request.what) || !looked.has(seen))) note(who, `ask.${request.what}`, outcome);
    looked.add(seen);
    send(answer.ok ? { type: 'answer', id, answer: answer.value } : { type: 'failed', id, error: answer.error });
  };

  const visitor: StaffClient = {
    get knownKey() {
      return row() === null ? null : key;
    },
    show,
    leave() {
      gone = true;
      console.close(visitor, 'gone');
    },
    receive(message) {
      switch (message.type) {
        case 'hello':
          console.close(visitor, 'gone');
          key = message.key;
          refused = null;
          sent = '';
          show();
          return;
        case 'set-passcode': {
          const found = row();
          if (key === null || found === null) return;
          beginTry();
          void access
            .setPasscode(key, message.passcode)
            .catch(() => 'storage' as const)
            .then((outcome) => {
              refused = outcome === 'weak' ? 'weak-passcode' : null;
              note(whoOf(found), 'passcode.set', outcome);
              room.changed();
            });
          return;
        }
        case 'open':
          open(message.passcode);
          return;
        case 'end-visit':
          beginTry();
          void withPasscode(message.passcode, 'visit.end', (who) => {
            const there = parts.kiosk.staff.busy;
            if (there) parts.kiosk.staffCancel();
            note(who, 'visit.end', there ? 'done' : 'nobody');
          });
          return;
        case 'coming': {
          const found = row();
          if (found === null || !bell.answer()) return;
          note(whoOf(found), 'call.coming', 'done');
          room.changed();
          return;
        }
        case 'close':
          console.close(visitor, 'asked');
          return;
        case 'active':
          console.touch(visitor);
          return;
        case 'ask':
          void ask(message.id, message.request);
          return;
        default:
          unreachable(message);
      }
    },
  };
  return visitor;
}
