import { receiptNumber } from '../../../main/contract/receipt.ts';
import type { Dice } from './dice.ts';
import { type Kiosk, TERMINAL, uuidFrom } from './kiosk.ts';
import type { Act, Ledger } from './ledger.ts';
import { Crash } from './life.ts';
import type { Machine } from './machine.ts';
import type { ModelPlatform } from './model-platform.ts';
import type { Scenario } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';

export interface PeopleOptions {
  readonly scheduler: Scheduler;
  readonly machine: Machine;
  readonly platform: ModelPlatform;
  readonly ledger: Ledger;
  readonly scenario: Scenario;
  readonly dice: Dice;
  readonly note: (what: string) => void;
  /** A person or staff made the kiosk send. */
  readonly onPressed: () => void;
}

const KINDS = ['set-up', 'sign-up', 'municipal', 'card-application'] as const;
const SEALED_SIZES = [300, 900, 3000, 12_000] as const;

/** Persons and staff at the counter, from now until the faults end. */
export function startPeople(options: PeopleOptions): void {
  const { scheduler, machine, platform, ledger, scenario, dice, note, onPressed } = options;
  let acts = 0;

  const wanted = (receipt: string): Act => {
    acts += 1;
    const marker = `MARK${String(acts).padStart(5, '0')}${Buffer.from(dice.bytes(6)).toString('hex')}`;
    const sick = scenario.kinds.has('sick-row') && dice.chance(0.08) ? dice.pick(['fails', 'hangs', 'rejects'] as const) : 'no';
    return ledger.add({ id: uuidFrom(dice, '7'), receipt, marker, sealed: marker.padEnd(dice.pick(SEALED_SIZES), '.'), sick });
  };

  /** Runs a call of a person's into the core. @returns null when the core died over it */
  const call = <T>({ life }: Kiosk, run: () => T): { readonly value: T } | null => {
    try {
      const value = run();
      return life.alive ? { value } : null;
    } catch (error) {
      if (!(error instanceof Crash)) ledger.broken('fault', `threw ${error instanceof Error ? error.message : 'something'}`);
      return null;
    }
  };

  const takeChallenge = (kiosk: Kiosk) => {
    const { outbox } = kiosk;
    const taken = call(kiosk, () => outbox.takeChallenge());
    if (taken === null || taken.value === null) return;
    const challenge = taken.value;
    ledger.handedOut(challenge);
    const over = scheduler.now() + EPOCH - (platform.expiryOf(challenge) ?? 0);
    if (over > 0 && (machine.heardSinceBoot || machine.clockHonest)) {
      ledger.broken('challenge-over-age', `${challenge.slice(0, 6)} is ${Math.round(over / 1000)} s over its age`);
    }
    if (!dice.chance(0.2)) return;
    ledger.givenBack(challenge);
    call(kiosk, () => outbox.giveBackChallenge(challenge));
  };

  const commit = (kiosk: Kiosk, receipt: string): boolean => {
    const { outbox, delivery } = kiosk;
    const act = wanted(receipt);
    if (call(kiosk, () => outbox.reserve(act.id, act.sealed.length))?.value.ok !== true) return false;
    takeChallenge(kiosk);
    if (!kiosk.life.alive) return false;
    const row = { id: act.id, kind: KINDS[act.n % KINDS.length] ?? 'set-up', receipt, sealed: act.sealed };
    act.said = 'unknown';
    for (let tries = dice.chance(0.3) ? 2 : 1; tries > 0; tries--) {
      const done = call(kiosk, () => outbox.enqueue(row));
      if (done === null) break;
      act.said = done.value.ok ? 'acknowledged' : 'refused';
      if (done.value.ok) break;
    }
    note(`act ${act.n} ${act.id.slice(-6)} of ${receipt}: ${act.said}`);
    if (act.said !== 'acknowledged') return false;
    onPressed();
    call(kiosk, () => delivery.nudge(act.id));
    return kiosk.life.alive;
  };

  const visit = () => {
    scheduler.after(dice.wait(scenario.visitEvery), visit);
    if (scheduler.now() > scenario.faultsUntil) return;
    const { kiosk } = machine;
    // Out of order before a card is read.
    if (kiosk === null || !kiosk.outbox.usable) return;
    onPressed();
    call(kiosk, () => kiosk.delivery.nudge());
    const receipt = receiptNumber(String(dice.between(0, 999_999_999)).padStart(9, '0'));
    let left = dice.chance(0.3) ? dice.between(2, 3) : 1;
    const next = () => {
      if (machine.kiosk !== kiosk || scheduler.now() > scenario.faultsUntil) return;
      const went = commit(kiosk, receipt);
      left -= 1;
      if (went && left > 0) scheduler.after(dice.between(0, 30_000), next);
    };
    scheduler.after(dice.between(20_000, 120_000), next);
    if (dice.chance(0.1)) void ask(kiosk);
    if (scenario.kinds.has('cancel') && dice.chance(0.4))
      scheduler.after(dice.wait(dice.pick([3 * 60_000, 20 * 60_000])), () => takeBack(receipt));
  };

  const ask = async ({ delivery }: Kiosk) => {
    const item = {
      id: uuidFrom(dice, '7'),
      kind: 'status' as const,
      receipt: '0000000000',
      terminal: TERMINAL,
      sealed: 'question-question',
    };
    onPressed();
    const answer = await delivery.ask(item).catch(() => null);
    note(`question ${answer === null ? 'unanswered' : 'answered'}`);
  };

  const takeBack = (receipt: string) => {
    const { kiosk } = machine;
    const mine = ledger.ofReceipt(receipt).filter(({ said }) => said !== 'nothing');
    if (kiosk === null || mine.length === 0 || scheduler.now() > scenario.faultsUntil) return;
    const done = call(kiosk, () => kiosk.outbox.cancel(receipt));
    const outcome = done === null || !done.value.ok ? 'unknown' : done.value.value ? 'taken-back' : 'no';
    note(`take back ${receipt}: ${outcome}`);
    if (outcome === 'no') return;
    for (const act of mine) {
      act.cancel = outcome;
      if (outcome === 'taken-back' && platform.knows(act.id)) {
        ledger.broken('cancelled-sent', `act ${act.n} was taken back after the platform had it`);
      }
    }
  };

  const staff = () => {
    scheduler.after(dice.wait(2.5 * 3_600_000), staff);
    const { kiosk } = machine;
    if (kiosk === null || scheduler.now() > scenario.faultsUntil) return;
    onPressed();
    call(kiosk, () => releaseParked(kiosk));
    if (dice.chance(0.5)) call(kiosk, () => kiosk.delivery.retryNow());
  };

  scheduler.after(dice.wait(scenario.visitEvery), visit);
  if (scenario.kinds.has('staff')) scheduler.after(dice.wait(3_600_000), staff);
}

/** Staff let everything that is parked wait for the platform again. */
export function releaseParked({ outbox }: Kiosk): void {
  for (const { id } of outbox.staff.parked(100)) outbox.staff.unpark(id);
}

/** When every simulation begins. */
export const EPOCH = Date.UTC(2026, 10, 23, 0, 0, 0);
