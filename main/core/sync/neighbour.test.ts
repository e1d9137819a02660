import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, accept, createLab, json, type Lab, later } from '../../../test/support/delivery-lab.ts';
import { either } from '../../../test/support/runs.ts';

/** A kiosk is a good neighbour of a platform that is not well (DESIGN.md, Queue and delivery, promise 5; Q7). */
const HOUR = 3_600_000;
/** The longest wait is reached within the first hour. */
const OUTAGE = either(24, 5) * HOUR;
let lab: Lab;
afterEach(() => lab.close());

const busy: Answer = { status: 503, text: '' };
const failing: Answer = { status: 500, text: '' };
const maintenance = () => json({ time: new Date(lab.clock.now()).toISOString(), maintenance: true });
type Said = Lab['batch'];
/** Every n-th time one answer, else the other. */
const every = (n: number, odd: Said, even: Said): Said => {
  let count = 0;
  return (items) => {
    count += 1;
    return count % n === 0 ? odd(items) : even(items);
  };
};
const everyStatus = (n: number, odd: Lab['status'], even: Lab['status']) => {
  const said = every(n, odd, even);
  return () => said([]);
};

/** Requests that settled nothing, in the worst hour that begins with one of them. */
const worstHour = (settling: ReadonlySet<number>): number => {
  const times = lab.asked.flatMap(({ at }, index) => (settling.has(index) ? [] : [at]));
  return Math.max(0, ...times.map((from, index) => times.slice(index).filter((at) => at < from + HOUR).length));
};
const longestWait = () => Math.max(...lab.asked.map(({ at }, index) => at - (lab.asked[index - 1]?.at ?? at)));

type Mixture = Partial<Pick<Lab, 'batch' | 'status' | 'challenges'>>;
const mixtures: [string, (l: Lab) => Mixture][] = [
  ['status well, batches 503', () => ({ batch: () => busy })],
  ['status well, batches 503 with a short Retry-After', () => ({ batch: () => ({ ...busy, headers: { 'retry-after': '1' } }) })],
  ['status well, batches 500', () => ({ batch: () => failing })],
  ['status well, batches 401', () => ({ batch: () => ({ status: 401, text: '' }) })],
  ['status well, batches of garbage', () => ({ batch: () => json({ hello: 'world' }) })],
  ['batches answered, every item put off', () => ({ batch: (items) => later(items, 1000) })],
  ['batches answered, nothing said of any item', () => ({ batch: () => json({ results: [] }) })],
  ['challenges 503, batches put off', () => ({ challenges: () => busy, batch: (items) => later(items) })],
  ['challenges answered without any', () => ({ challenges: () => json({ challenges: [] }), batch: () => busy })],
  ['time-outs', () => ({ batch: () => 'timeout', status: () => 'timeout', challenges: () => 'timeout' })],
  ['batches time out, the rest is well', () => ({ batch: () => 'timeout' })],
  ['cut', () => ({ batch: () => 'cut', status: () => 'cut', challenges: () => 'cut' })],
  ['nobody there', () => ({ batch: () => 'unreachable', status: () => 'unreachable', challenges: () => 'unreachable' })],
  ['maintenance', () => ({ status: maintenance, batch: () => busy })],
  [
    'status and batches in turn',
    (l) => ({
      status: everyStatus(2, () => busy, l.status),
      batch: every(
        2,
        () => failing,
        (items) => later(items),
      ),
    }),
  ],
  [
    'batches 503 and put off in turn',
    () => ({
      batch: every(
        2,
        () => busy,
        (items) => later(items),
      ),
    }),
  ],
  [
    'one status in five fails, batches put off',
    (l) => ({ status: everyStatus(5, () => busy, l.status), batch: (items) => later(items) }),
  ],
  [
    'a captive portal',
    () => {
      const portal = (): Answer => ({ status: 200, text: '<html>', by: 'gateway' });
      return { batch: portal, status: portal, challenges: portal };
    },
  ],
  ['everything 503', () => ({ batch: () => busy, status: () => busy, challenges: () => busy })],
];

describe('many hours', () => {
  it.each(mixtures)(
    '%s: at most 30 requests in any hour, and none is parked',
    async (_name, mixture) => {
      // The shortest waits that the jitter can make.
      lab = createLab({ byte: 0 });
      Object.assign(lab, mixture(lab));
      lab.put([1, 2, 3, 4, 5, 6, 7, 8]);
      lab.delivery.start();
      await lab.pass(OUTAGE);
      expect(worstHour(new Set())).toBeLessThanOrEqual(30);
      // It still tries.
      expect(worstHour(new Set())).toBeGreaterThan(4);
      expect(lab.outbox.counts()).toMatchObject({ parked: 0, accepted: 0 });
    },
    60_000,
  );

  it('waits grow to the cap, and no further', async () => {
    lab = createLab();
    lab.batch = () => busy;
    lab.put([1]);
    lab.delivery.start();
    await lab.pass(OUTAGE);
    expect(longestWait()).toBeGreaterThanOrEqual(290_000);
    expect(longestWait()).toBeLessThanOrEqual(300_000);
  }, 60_000);
});

it('every other batch fails and the others get through: what got nowhere stays within the bound, and all is delivered', async () => {
  lab = createLab({ byte: 0 });
  const settling = new Set<number>();
  lab.batch = every(
    2,
    () => busy,
    (items) => {
      settling.add(lab.asked.length - 1);
      return accept(items);
    },
  );
  lab.put(
    Array.from({ length: 300 }, (_, n) => n + 1),
    3000,
  );
  lab.delivery.start();
  for (let n = 0; n < 60 && lab.outbox.counts().accepted < 300; n++) await lab.pass(60_000);
  expect(worstHour(settling)).toBeLessThanOrEqual(30);
  expect(lab.outbox.counts().accepted).toBe(300);
}, 60_000);

it('a status page that is well does not undo the back-off of batches, and the line does not flap', async () => {
  lab = createLab();
  lab.batch = () => busy;
  const changes: string[] = [];
  lab.delivery.onLine((line) => changes.push(line));
  lab.put([1]);
  lab.delivery.start();
  await lab.pass(6 * HOUR);
  expect(changes).toEqual([]);
  expect(lab.delivery.sick).toBe(true);
  expect(lab.delivery.waits.batches.failures).toBeGreaterThan(20);
  // The batch itself is the probe.
  expect(lab.count('/v1/status')).toBe(0);
  lab.batch = accept;
  await lab.pass(320_000);
  expect(lab.outbox.counts().accepted).toBe(1);
  expect(changes.at(-1)).toBe('online');
}, 30_000);
