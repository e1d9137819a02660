import type { Dice } from './dice.ts';
import type { Medium } from './io-plan.ts';
import { databaseName } from './kiosk.ts';
import type { Ledger } from './ledger.ts';
import type { Machine } from './machine.ts';
import { type ModelPlatform, sickMoods } from './model-platform.ts';
import { badLines, type Network } from './network.ts';
import type { FaultKind, Scenario } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';
import type { SqliteDisk } from './sqlite-disk.ts';
import type { VirtualDisk } from './virtual-disk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

export interface TroubleOptions {
  readonly scheduler: Scheduler;
  readonly machine: Machine & { readonly sqlite: SqliteDisk; readonly disk: VirtualDisk };
  readonly platform: ModelPlatform;
  readonly ledger: Ledger;
  readonly network: Network;
  readonly scenario: Scenario;
  readonly dice: (name: string) => Dice;
  readonly note: (what: string) => void;
}

/** Everything that can go wrong, each kind by a clock of its own, until the faults end. */
export function startTroubles({ scheduler, machine, platform, ledger, network, scenario, dice, note }: TroubleOptions): void {
  const { io, sqlite, disk } = machine;
  const both: readonly Medium[] = ['db', 'journal'];

  /** Again and again, `every` ms on average. */
  const often = (kind: FaultKind, every: number, act: (own: Dice) => void) => {
    if (!scenario.kinds.has(kind)) return;
    const own = dice(kind);
    const again = () => {
      if (scheduler.now() > scenario.faultsUntil) return;
      act(own);
      scheduler.after(own.wait(every), again);
    };
    scheduler.after(own.wait(every), again);
  };
  const jumpOf = (own: Dice) => own.pick([-1, 1]) * own.pick([90_000, HOUR, 5 * DAY, 400 * DAY, 10 * YEAR]);
  const change = (own: Dice) => (scenario.kinds.has('clock') && own.chance(0.5) ? jumpOf(own) : 0);
  const untilHealed = (ms: number, act: () => void) => scheduler.after(Math.min(ms, scenario.faultsUntil - scheduler.now()), act);

  often('crash', 35 * MINUTE, (own) => {
    if (own.chance(0.2)) machine.kill();
    else machine.dieAt(own.between(1, 250), 'kill');
  });
  often('power-cut', 90 * MINUTE, (own) => {
    if (own.chance(0.3)) machine.cut(change(own));
    else machine.dieAt(own.between(1, 250), 'cut');
  });
  often('sync-fails', 50 * MINUTE, (own) => {
    const times = own.pick([1, 1, 2, 3, Number.POSITIVE_INFINITY]);
    io.failingSyncs[scenario.victim] = times;
    note(`the next ${times} syncs of ${scenario.victim} fail`);
    untilHealed(own.between(1, 8) * MINUTE, () => {
      io.failingSyncs[scenario.victim] = 0;
    });
    // What the cache says is not what the medium holds: the power shows it.
    if (own.chance(0.6)) scheduler.after(own.wait(20 * MINUTE), () => scheduler.now() < scenario.faultsUntil && machine.cut());
  });
  often('write-fails', HOUR, (own) => {
    const medium = own.pick(both);
    io.failingWrites[medium] = own.between(1, 4);
    note(`writes to ${medium} fail`);
    // The row has left, and its end cannot be written down.
    if (own.chance(0.5)) {
      io.failingWrites[medium] = 0;
      network.whenSent(() => {
        if (scheduler.now() < scenario.faultsUntil) io.failingWrites[medium] = 1;
      });
      return;
    }
    untilHealed(own.between(1, 20) * MINUTE, () => {
      io.failingWrites[medium] = 0;
    });
  });
  often('disk-full', 2 * HOUR, (own) => {
    const full = own.chance(0.5) ? both : [own.pick(both)];
    const fill = () => {
      if (scheduler.now() < scenario.faultsUntil) io.full = new Set(full);
    };
    if (own.chance(0.5)) network.whenSent(fill);
    else fill();
    note(`full: ${full.join(' ')}`);
    untilHealed(own.between(3, 15) * MINUTE, () => {
      io.full = new Set();
    });
  });
  often('line', 50 * MINUTE, (own) => {
    network.mode = own.pick(badLines);
    note(`line ${network.mode}`);
    untilHealed(own.wait(25 * MINUTE), () => {
      network.mode = 'good';
    });
  });
  often('platform', 70 * MINUTE, (own) => {
    platform.mood = own.pick(sickMoods);
    note(`platform ${platform.mood}`);
    untilHealed(own.wait(own.pick([10 * MINUTE, 2 * HOUR])), () => {
      platform.mood = 'well';
    });
  });
  often('clock', 100 * MINUTE, (own) => machine.jump(jumpOf(own)));

  const backup = () => sqlite.copyAside();
  often('damage', 2 * HOUR, (own) => {
    if (own.chance(0.3)) scheduler.after(0, backup);
    machine.atNextStart(() => damage(own));
    if (scenario.kinds.has('power-cut') && own.chance(0.4)) machine.cut();
    else machine.kill();
  });

  const bytes = (own: Dice, how: string) => (content: Buffer) => {
    if (content.length === 0) return content;
    const payload = how === 'payload' ? content.indexOf('MARK') : -1;
    const at = payload === -1 ? own.between(0, content.length - 1) : payload + own.between(0, 250);
    if (how === 'cut') return content.subarray(0, at);
    if (how === 'empty') return Buffer.alloc(0);
    const next = Buffer.from(content);
    if (at >= next.length) return next;
    next.writeUInt8(how === 'bit' ? next.readUInt8(at) ^ (1 << own.between(0, 7)) : own.between(0, 255), at);
    return next;
  };
  const damage = (own: Dice) => {
    const how = own.pick(['bit', 'byte', 'payload', 'cut', 'empty', 'gone', 'backup']);
    note(`damage to ${scenario.victim}: ${how}`);
    if (scenario.victim === 'db') {
      const name = own.pick([databaseName, databaseName, `${databaseName}-wal`]);
      if (!sqlite.names().includes(name)) return;
      ledger.forgetChallenges();
      if (how === 'backup') sqlite.restoreBackup();
      else if (how === 'gone') sqlite.remove(name);
      else sqlite.damage(name, bytes(own, how));
      return;
    }
    const paths = [...disk.files().keys()].sort();
    if (paths.length === 0) return;
    const path = own.pick(paths);
    if (how === 'gone') disk.remove(path);
    else disk.damage(path, bytes(own, how === 'backup' ? 'bit' : how));
  };
}
