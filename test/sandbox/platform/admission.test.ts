import { expect, test } from 'vitest';
import { type Admission, createAdmission } from './admission.ts';

/** One admission under a clock of the test. */
function under(workers = 1, firstMsAnItem = 10): { admission: Admission; pass(ms: number): void; now(): number } {
  let time = 0;
  const admission = createAdmission({ workers, now: () => time, firstMsAnItem });
  return {
    admission,
    pass: (ms) => {
      time += ms;
    },
    now: () => time,
  };
}
const measured = (admission: Admission, msAnItem: number): void => {
  for (let batch = 0; batch < 30; batch++) {
    admission.arrive('K-MEASURE', 100);
    admission.done(100, 100 * msAnItem);
  }
};

test('idle: everybody is let in, and the next may come at once', () => {
  const { admission } = under();
  expect(admission.arrive('K-1', 100)).toEqual({ admitted: true, waitMs: 0 });
  admission.done(100, 200);
  expect(admission.nextSlotMs('K-1', 100)).toBe(0);
  expect(admission.nextSlotMs('K-2', 0)).toBe(0);
  expect(admission.load).toMatchObject({ queuedItems: 0, promisedItems: 100 });
});

test('the wait is items in the queue times what one costs, measured, by workers', () => {
  const { admission } = under(4, 1000);
  measured(admission, 2);
  expect(admission.load.msAnItem).toBeCloseTo(2, 1);
  admission.arrive('K-1', 100);
  const second = admission.arrive('K-2', 100);
  expect(second).toMatchObject({ admitted: true });
  expect(second.admitted && second.waitMs).toBeCloseTo(50, 0);
  admission.left(100);
  admission.done(100, 200);
  expect(admission.load.waitMs).toBe(0);
});

test('beyond half the longest wait newcomers are refused, beyond the whole everybody; each told another time', () => {
  const { admission } = under();
  measured(admission, 10);
  const admitted = ['A', 'B', 'C', 'D'].map((kiosk) => admission.arrive(kiosk, 100).admitted);
  expect(admitted).toEqual([true, true, true, false]);
  expect(admission.arrive('PERSON', 1).admitted).toBe(true);
  const told = Array.from({ length: 50 }, (_, n) => admission.arrive(`K-${n}`, 100)).map((arrival) =>
    arrival.admitted ? 0 : arrival.retryAfterMs,
  );
  // One batch is a second of work: one kiosk a second.
  expect(new Set(told.map((ms) => Math.floor(ms / 1000))).size).toBe(50);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test('at the slot a kiosk is let in where a newcomer is not; before it the place is kept', () => {
  const { admission, pass } = under();
  measured(admission, 10);
  for (const kiosk of ['A', 'B', 'C']) admission.arrive(kiosk, 100);
  const first = admission.arrive('K-1', 100);
  if (first.admitted) throw new Error('let in');
  pass(500);
  expect(admission.arrive('K-1', 100)).toEqual({ admitted: false, retryAfterMs: first.retryAfterMs - 500 });
  pass(first.retryAfterMs - 500);
  expect(admission.arrive('NEW', 100).admitted).toBe(false);
  expect(admission.arrive('K-1', 100).admitted).toBe(true);
  expect(admission.load).toMatchObject({ queuedItems: 400, promisedItems: 100 });
});

test('who does not come long after the slot is forgotten', () => {
  const { admission, pass } = under();
  admission.nextSlotMs('GONE', 100);
  pass(60_000);
  admission.arrive('K-1', 1);
  expect(admission.load.promisedItems).toBe(0);
});

test('more backlog than the contract can say: within 10 to 15 minutes, spread', () => {
  const { admission } = under(1, 10);
  measured(admission, 10);
  const told = Array.from({ length: 3000 }, (_, n) => admission.nextSlotMs(`K-${n}`, 100)).filter((_, n) => n > 1000);
  expect(Math.max(...told)).toBeLessThanOrEqual(900_000);
  expect(Math.min(...told)).toBeGreaterThanOrEqual(600_000);
  const seconds = Map.groupBy(told, (ms) => Math.floor(ms / 1000));
  expect(Math.max(...[...seconds.values()].map(({ length }) => length))).toBeLessThanOrEqual(10);
});

test('a machine that slept an hour does not shut the door for long', () => {
  const { admission } = under();
  measured(admission, 2);
  admission.arrive('K-1', 100);
  admission.done(100, 3_600_000);
  expect(admission.load.msAnItem).toBeLessThan(20);
});

interface Kiosk {
  readonly name: string;
  left: number;
}

/**
 * All kiosks at once within 5 s, as after an outage: workers that take batches in turn, kiosks that keep to what they are told and up to a tenth
 * more (main/core/sync/back-off.ts). A small model; the whole one, with the real client, is in test/simulation.
 */
function comeBack(kiosks: number, items: number, workers: number, msAnItem: number) {
  const perRequest = 1;
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let time = 0;
  const admission = createAdmission({ workers, now: () => time });
  /** By tenths of a second: a small calendar queue. */
  const calendar = new Map<number, { at: number; run: () => void }[]>();
  const at = (when: number, run: () => void) => {
    const slot = Math.floor(when / 100);
    const list = calendar.get(slot);
    if (list === undefined) calendar.set(slot, [{ at: when, run }]);
    else list.push({ at: when, run });
  };
  const free = Array.from({ length: workers }, () => 0);
  const result = {
    requests: 0,
    refused: 0,
    longestWait: 0,
    ended: 0,
    ideal: ((items / 100) * perRequest + items * msAnItem) * kiosks,
  };
  const jitter = (ms: number) => ms * (1 + random() / 10);
  const send = (kiosk: Kiosk): void => {
    const count = Math.min(100, kiosk.left);
    result.requests += 1;
    const arrival = admission.arrive(kiosk.name, count);
    if (!arrival.admitted) {
      result.refused += 1;
      // Retry-After has whole seconds.
      at(time + jitter(Math.max(1000, Math.floor(arrival.retryAfterMs / 1000) * 1000)), () => send(kiosk));
      return;
    }
    const worker = free.indexOf(Math.min(...free));
    const begins = Math.max(time, free[worker] ?? 0);
    result.longestWait = Math.max(result.longestWait, begins - time);
    const cost = perRequest + count * msAnItem;
    free[worker] = begins + cost;
    at(begins + cost, () => {
      admission.done(count, cost);
      kiosk.left -= count;
      result.ended = time;
      const wait = admission.nextSlotMs(kiosk.name, Math.min(100, kiosk.left));
      if (kiosk.left > 0) at(time + (wait > 0 ? jitter(wait) : 1), () => send(kiosk));
    });
  };
  for (let n = 0; n < kiosks; n++) at(random() * 5000, () => send({ name: `K-${n}`, left: items }));
  for (let slot = 0; calendar.size > 0; slot++) {
    for (let list = calendar.get(slot); list !== undefined && list.length > 0; list = calendar.get(slot)) {
      list.sort((a, b) => b.at - a.at);
      const next = list.pop();
      time = Math.max(time, next?.at ?? 0);
      next?.run();
    }
    calendar.delete(slot);
  }
  return { ...result, ideal: result.ideal / workers };
}

test.each([
  ['four workers', 4],
  ['one worker: a quarter of the capacity', 1],
])('2,000 kiosks with 200 rows each come back within 5 s; %s', (_name, workers) => {
  const { requests, ended, ideal, longestWait } = comeBack(2000, 200, workers, 0.3);
  expect(ended / ideal).toBeLessThan(1.3);
  expect(requests / 2000).toBeLessThanOrEqual(3.2);
  expect(longestWait).toBeLessThan(6000);
});

test('10,000 kiosks', () => {
  const { requests, ended, ideal, longestWait } = comeBack(10_000, 200, 4, 0.3);
  expect(ended / ideal).toBeLessThan(1.3);
  expect(requests / 10_000).toBeLessThanOrEqual(3.2);
  expect(longestWait).toBeLessThan(6000);
});
