import type { ManualClock } from '../../support/manual-clock.ts';
import { type Ledger, makeRow } from './ledger.ts';
import type { ModelPlatform } from './model-platform.ts';
import type { Random } from './random.ts';
import type { OpenedQueue } from './store.ts';

export interface Scene {
  readonly ledger: Ledger;
  readonly platform: ModelPlatform;
  readonly random: Random;
  readonly clock: ManualClock;
  /** Commits that were refused though their room had been reserved: a card was read and signed for nothing. */
  refusals: number;
}

type Act = (scene: Scene, queue: OpenedQueue) => void;

/** A person's commit, as the session does it. */
export const commit: Act = (scene, { store }) => {
  const { ledger, random } = scene;
  const row = makeRow(ledger, random);
  const { id, kind, receipt, sealed } = row;
  if (!store.reserve(id, 4096).ok) return;
  const enqueue = () => store.enqueue({ id, kind, receipt, sealed }).ok;
  // Refused, the session may try once more: the same id, the same bytes.
  if (enqueue() || (random.chance(0.5) && enqueue())) row.said = 'acknowledged';
  else scene.refusals += 1;
};

/** A batch goes out; what the platform says is written down, or not (the answer was lost). */
const send: Act = ({ ledger, platform, random, clock }, { store }) => {
  const due = store.due(clock.now(), { items: 1 + random.int(5), bytes: 1_000_000 });
  const marked = store.markSending(due);
  if (marked === null) return;
  const rows = due.filter(({ id }) => marked.has(id));
  for (const row of rows) {
    const known = ledger.rows.get(row.id);
    if (known !== undefined) known.sent = true;
  }
  if (rows.length > 0 && random.chance(0.1)) {
    // The platform said that something is wrong with one row.
    const [first] = rows;
    const done = first === undefined ? [] : store.settle([{ id: first.id, state: 'parked', code: 'conflict' }]);
    // Where that failed, the file that was given up may hold it all the same, and is read.
    for (const id of done ?? (first === undefined ? [] : [first.id])) settled(ledger, id, 'parked');
    return;
  }
  for (const row of rows) platform.take(row);
  if (random.chance(0.2)) return;
  const done = store.settle(rows.map(({ id }) => ({ id, state: 'accepted', reference: 'REF-1' })));
  for (const id of done ?? []) settled(ledger, id, 'settled');
};

function settled(ledger: Ledger, id: string, said: 'parked' | 'settled'): void {
  const row = ledger.rows.get(id);
  if (row !== undefined) row.said = said;
}

/** A person takes an act back at the kiosk. Of one receipt all or nothing. */
export const takeBack: Act = ({ ledger, platform, random }, { store }) => {
  if (ledger.rows.size === 0) return;
  const { receipt } = random.pick([...ledger.rows.values()]);
  const rows = [...ledger.rows.values()].filter((row) => row.receipt === receipt);
  const answer = store.cancel(receipt);
  for (const row of rows) {
    if (!answer.ok && row.said === 'acknowledged') row.said = 'cancel-refused';
    if (!answer.ok || !answer.value) continue;
    if (row.said === 'settled' || row.said === 'parked' || platform.held.has(row.id))
      ledger.doubled.push(`${row.id} was cancelled after it had been sent`);
    if (row.said !== 'refused' || !row.sent) row.said = 'cancelled';
  }
};

const challenge: Act = ({ ledger, random }, { store }) => {
  const taken = store.takeChallenge();
  if (taken === null) return;
  if (ledger.spent.has(taken)) ledger.doubled.push('a spent challenge was handed out again');
  ledger.spent.add(taken);
  if (random.chance(0.2)) {
    store.giveBackChallenge(taken);
    ledger.spent.delete(taken);
  }
};

const draw: Act = ({ random, clock }, { store }) => {
  const letters = 'ABCDEFGHIJKLMNOP';
  store.addChallenges(
    Array.from({ length: 1 + random.int(6) }, () => ({
      challenge: Array.from({ length: 32 }, () => letters[random.int(16)] ?? 'A').join(''),
      expiresAt: clock.now() + 72 * 3_600_000,
    })),
  );
};

const wait: Act = ({ random, clock }, { store }) => {
  const due = store.due(clock.now(), { items: 3, bytes: 1_000_000 });
  store.postpone(
    due.map(({ id }) => id),
    clock.now() + 1000 + random.int(60_000),
    random.chance(0.5),
  );
};

const tidy: Act = (_scene, { store }) => store.tidy();
const pass: Act = ({ random, clock }) => clock.advance(1000 + random.int(30_000));

const acts: readonly (readonly [weight: number, act: Act])[] = [
  [40, commit],
  [12, send],
  [10, takeBack],
  [8, challenge],
  [5, draw],
  [5, wait],
  [4, tidy],
  [8, pass],
];
const all = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));

/** One of everything that a kiosk does with its queue in a day, most of it commits. */
export const act: Act = (scene, queue) => scene.random.pick(all)(scene, queue);
