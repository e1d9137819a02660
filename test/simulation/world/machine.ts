import type { Dice } from './dice.ts';
import { healthyIo, type IoPlan } from './io-plan.ts';
import { type Kiosk, startKiosk } from './kiosk.ts';
import type { Ledger } from './ledger.ts';
import { createLife, type Life } from './life.ts';
import type { Network } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import type { SqliteDisk } from './sqlite-disk.ts';
import type { VirtualDisk } from './virtual-disk.ts';

/** The kiosk's computer: clocks, media, and the core that is started again whenever it dies. */
export interface Machine {
  /** null: it is starting, or cannot run now. */
  readonly kiosk: Kiosk | null;
  readonly io: IoPlan;
  /** Epoch ms of its wall clock. */
  wall(): number;
  jump(ms: number): void;
  /** The wall clock was always right. */
  readonly clockHonest: boolean;
  /** An answer of the platform's has reached a core since this boot. */
  readonly heardSinceBoot: boolean;
  heard(): void;
  power(): void;
  kill(): void;
  /** The power goes. @param change of the wall clock until it is on again, ms */
  cut(change?: number): void;
  /** It dies at the nth call from now. */
  dieAt(calls: number, how: 'kill' | 'cut'): void;
  /** Does something to the media while nothing runs, at the next start. */
  atNextStart(act: () => void): void;
  readonly starts: number;
  /** From here on the media do what they are told. */
  healIo(): void;
  /** Nothing runs any more. */
  stop(): void;
}

export type WholeMachine = Machine & { readonly sqlite: SqliteDisk; readonly disk: VirtualDisk };

export interface MachineOptions {
  readonly scheduler: Scheduler;
  readonly sqlite: (plan: () => IoPlan) => SqliteDisk;
  readonly disk: (plan: () => IoPlan) => VirtualDisk;
  readonly network: () => Network;
  readonly ledger: Ledger;
  readonly dice: Dice;
  /** Epoch ms at virtual 0. */
  readonly epoch: number;
  readonly note: (what: string) => void;
  readonly onStart: (kiosk: Kiosk) => void;
}

export function createMachine(options: MachineOptions): WholeMachine {
  const { scheduler, ledger, dice, epoch, note, onStart } = options;
  const io = healthyIo();
  const sqlite = options.sqlite(() => io);
  const disk = options.disk(() => io);
  let offset = 0;
  let clockHonest = true;
  let boot = { id: 'boot-0', at: 0 };
  let heardSinceBoot = false;
  let kiosk: Kiosk | null = null;
  let life: Life | null = null;
  let starts = 0;
  let dying: 'kill' | 'cut' = 'kill';
  let pending: (() => void)[] = [];

  const gone = (how: 'kill' | 'cut', change = 0) => {
    life?.die();
    kiosk = null;
    note(`core gone: ${how}`);
    const mine = life;
    scheduler.after(dice.between(1000, 5000), () => {
      if (life !== mine) return;
      if (how === 'cut') {
        sqlite.cut();
        disk.cut(dice);
        boot = { id: `boot-${starts}`, at: scheduler.now() };
        heardSinceBoot = false;
        shift(change);
      } else sqlite.kill();
      start();
    });
  };

  const shift = (ms: number) => {
    if (ms === 0) return;
    offset += ms;
    clockHonest = false;
    note(`wall clock moved by ${ms}`);
  };

  const start = () => {
    for (const act of pending) act();
    pending = [];
    starts += 1;
    dying = 'kill';
    const mine = createLife({
      scheduler,
      wall: () => Math.floor(epoch + offset + scheduler.now()),
      bootedAt: boot.at,
      onDeath: (where) => {
        note(`dies at ${where}`);
        gone(dying);
      },
      onFault: (error) => {
        ledger.broken('fault', `a timer threw ${error instanceof Error ? error.message : 'something'}`);
        gone('kill');
      },
      onSpin: (where) => {
        ledger.broken('spin', `no wait at ${where}`);
        gone('kill');
      },
    });
    life = mine;
    note(`start ${starts}`);
    try {
      const started = startKiosk({
        life: mine,
        number: starts,
        sqlite,
        disk,
        network: options.network(),
        ledger,
        dice,
        boot,
        note,
      });
      if (typeof started === 'string') {
        note(`cannot start: ${started}`);
        mine.die();
        scheduler.after(30_000, () => {
          if (life !== mine) return;
          sqlite.kill();
          start();
        });
        return;
      }
      kiosk = started;
      onStart(started);
    } catch (error) {
      // Died while it started: `gone` has been said, or it is a bug.
      if (mine.alive) {
        ledger.broken('fault', `start threw ${error instanceof Error ? error.message : 'something'}`);
        gone('kill');
      }
    }
  };

  return {
    sqlite,
    disk,
    get kiosk() {
      return kiosk?.life.alive === true ? kiosk : null;
    },
    io,
    wall: () => Math.floor(epoch + offset + scheduler.now()),
    jump: shift,
    get clockHonest() {
      return clockHonest;
    },
    get heardSinceBoot() {
      return heardSinceBoot;
    },
    heard() {
      heardSinceBoot = true;
    },
    power: start,
    kill: () => gone('kill'),
    cut: (change) => gone('cut', change),
    dieAt(calls, how) {
      dying = how;
      life?.dieAt(calls);
    },
    atNextStart: (act) => void pending.push(act),
    get starts() {
      return starts;
    },
    healIo() {
      Object.assign(io, healthyIo());
    },
    stop() {
      life?.die();
      kiosk = null;
    },
  };
}
