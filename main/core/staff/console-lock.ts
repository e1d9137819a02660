import type { Clock } from '../ports.ts';
import type { StaffWho } from './handlers.ts';

/** Why a console closed; goes into the audit log. */
type CloseReason = 'asked' | 'idle' | 'gone' | 'stopped';

export interface ConsoleLockDeps {
  readonly clock: Clock;
  readonly idleMs: number;
  /** Takes the public screen out of order. @returns false: a visit is going on, nothing happened */
  readonly take: () => boolean;
  readonly giveBack: () => void;
  readonly closed: (who: StaffWho, reason: CloseReason) => void;
  /** Seconds are counting down. */
  readonly ticked: () => void;
}

/** The one staff console of a kiosk. `holder`: whoever opened it, by identity. */
export interface ConsoleLock<H extends object> {
  /** @returns why not, or null */
  open(holder: H, who: StaffWho): 'in-use' | 'other-console' | null;
  close(holder: H, reason: CloseReason): void;
  /** A touch: the clock starts again. */
  touch(holder: H): void;
  isHeldBy(holder: H): boolean;
  readonly taken: boolean;
  /** Whole seconds until it closes by itself. */
  readonly closesIn: number | null;
  /** When the core stops. */
  stop(): void;
}

/** Opens only when nobody is at the screen, for one device at a time, and closes by itself. */
export function createConsoleLock<H extends object>({
  clock,
  idleMs,
  take,
  giveBack,
  closed,
  ticked,
}: ConsoleLockDeps): ConsoleLock<H> {
  let open: { holder: H; who: StaffWho } | null = null;
  let touchedAt = 0;
  let timer: unknown = null;
  const left = () => Math.max(0, Math.ceil((touchedAt + idleMs - clock.monotonic()) / 1000));

  const end = (reason: CloseReason) => {
    if (open === null) return;
    const { who } = open;
    open = null;
    clock.clearTimeout(timer);
    giveBack();
    closed(who, reason);
  };
  const tick = () => {
    if (left() === 0) {
      end('idle');
      return;
    }
    ticked();
    timer = clock.setTimeout(tick, 1000);
  };
  return {
    open(holder, who) {
      if (open !== null) return open.holder === holder ? null : 'other-console';
      if (!take()) return 'in-use';
      open = { holder, who };
      touchedAt = clock.monotonic();
      timer = clock.setTimeout(tick, 1000);
      return null;
    },
    close(holder, reason) {
      if (open?.holder === holder) end(reason);
    },
    touch(holder) {
      if (open?.holder === holder) touchedAt = clock.monotonic();
    },
    isHeldBy: (holder) => open?.holder === holder,
    get taken() {
      return open !== null;
    },
    get closesIn() {
      return open === null ? null : left();
    },
    stop: () => end('stopped'),
  };
}
