import type { HelpView, StaffState } from '../../contract/staff.ts';
import type { KeyRow } from './key-rows.ts';
import { triesLeft } from './lockout.ts';

/** What a connection knows of itself. */
export interface StaffStateFacts {
  readonly terminal: StaffState['terminal'];
  /** Why the last try was refused. */
  readonly refused: StaffState['refused'];
  /** The key that was shown; null: it is none of ours. */
  readonly row: KeyRow | null;
  /** The console is open, and this connection holds it. */
  readonly open: boolean;
  /** How long the key stays locked. */
  readonly lockedMs: number;
  /** Epoch ms. */
  readonly now: number;
  /** Whole seconds until the console closes by itself. */
  readonly closesIn: number | null;
  readonly help: () => HelpView;
}

/** What one staff device is shown. An unknown key learns the terminal's name and nothing else. */
export function staffState({ terminal, refused, row, open, lockedMs, now, closesIn, help }: StaffStateFacts): StaffState {
  const base = { v: 1, terminal, refused } as const;
  if (row === null) {
    const none = { lockedUntil: null, triesLeft: null, role: null, keyName: '', closesIn: null, help: null };
    return { ...base, access: 'unknown-key', ...none };
  }
  return {
    ...base,
    access: open ? 'open' : lockedMs > 0 ? 'locked' : row.passcode === null ? 'no-passcode' : 'closed',
    // To the second: the page says when, and only the machine's run knows.
    lockedUntil: lockedMs === 0 ? null : new Date(Math.ceil((now + lockedMs) / 1000) * 1000).toISOString(),
    triesLeft: triesLeft(row),
    role: row.role,
    keyName: row.name,
    closesIn: open ? closesIn : null,
    help: help(),
  };
}
