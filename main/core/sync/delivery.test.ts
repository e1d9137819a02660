import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, accept, createLab, id, json, type Lab, later } from '../../../test/support/delivery-lab.ts';
import type { OutboxStore } from '../outbox/outbox.ts';

let lab: Lab;
beforeEach(() => {
  lab = createLab();
});
afterEach(() => lab.close());

const inAnHour = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ challenge: String(n).repeat(32), expiresAt: lab.clock.now() + 3_600_000 }));
const accepted = (items: readonly { id: string }[]) =>
  items.map((item) => ({ outcome: 'accepted', id: item.id, reference: 'REF-1' }));

describe('delivery', () => {
  it('settles what the platform answers and hands the personal answer over once', async () => {
    lab.put([1, 2, 3]);
    lab.batch = () =>
      json({
        results: [
          { outcome: 'accepted', id: id(1), reference: 'REF-1', reply: 'jwe' },
          { outcome: 'refused', id: id(2), reference: 'REF-2', code: 'certificate-revoked' },
          { outcome: 'conflict', id: id(3) },
        ],
      });
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.delivery.line).toBe('online');
    expect(lab.settled).toEqual([
      [id(1), { outcome: 'accepted', reference: 'REF-1', reply: 'jwe' }],
      [id(2), { outcome: 'refused', reference: 'REF-2', code: 'certificate-revoked' }],
      [id(3), { outcome: 'parked', reason: 'conflict' }],
    ]);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 1, refused: 1, parked: 1, sending: 0, pending: 0 });
  });

  describe('while an answer is written down', () => {
    /** How many batches had been sent when each answer was written down. */
    let sentAtSettling: number[];
    let atOnce: number;
    beforeEach(async () => {
      await lab.close();
      sentAtSettling = [];
      atOnce = 0;
      const outbox = (real: OutboxStore): OutboxStore =>
        new Proxy(real, {
          get(target, name) {
            if (name === 'settle') sentAtSettling.push(lab.batches().length);
            return Reflect.get(target, name);
          },
        });
      lab = createLab({ outbox });
      lab.put(Array.from({ length: 250 }, (_, n) => n + 1));
    });
    const oneByOne = (answer: typeof accept) => {
      let open = 0;
      return async (items: Parameters<typeof accept>[0]) => {
        open += 1;
        atOnce = Math.max(atOnce, open);
        await new Promise((resolve) => setImmediate(resolve));
        open -= 1;
        return answer(items);
      };
    };

    it('the next batch is under way, and the platform never has two', async () => {
      lab.batch = oneByOne(accept);
      lab.delivery.start();
      for (let n = 0; n < 10; n++) await lab.pass(0);
      expect(lab.outbox.counts()).toMatchObject({ accepted: 250, pending: 0, sending: 0 });
      expect([sentAtSettling, atOnce]).toEqual([[2, 3, 3], 1]);
    });

    it('nothing leaves ahead of a wait that the platform asks for', async () => {
      lab.batch = oneByOne((items) => json({ ...JSON.parse((accept(items) as { text: string }).text), nextSlotMs: 60_000 }));
      lab.delivery.start();
      for (let n = 0; n < 10; n++) await lab.pass(0);
      expect(sentAtSettling).toEqual([1]);
      await lab.pass(130_000);
      expect(sentAtSettling).toEqual([1, 2, 3]);
    });
  });

  it('the noted time is read when a queue that could not be opened at the start is there: a challenge may have expired meanwhile', async () => {
    await lab.close();
    let usable: (now: boolean) => void = () => {};
    let readable = false;
    const note = { bootId: 'lab', uptimeMs: 0, wall: 0, platform: Number.NaN };
    const outbox = (real: OutboxStore): OutboxStore =>
      new Proxy(real, {
        get(target, name) {
          if (name === 'onUsable')
            return (listener: typeof usable) => {
              usable = listener;
            };
          if (name === 'notedTime') return () => (readable ? note : null);
          return Reflect.get(target, name);
        },
      });
    lab = createLab({ outbox, startSpreadSeconds: 180 });
    note.platform = lab.clock.now() + 3_600_000;
    lab.outbox.addChallenges([{ challenge: 'A'.repeat(32), expiresAt: lab.clock.now() + 60_000 }]);
    lab.delivery.start();
    expect(lab.outbox.challengeCount()).toBe(1);
    readable = true;
    usable(true);
    expect(lab.outbox.challengeCount()).toBe(0);
  });

  it.each([
    ['says 500', () => json({}, 500)],
    ['is silent', (): Answer => 'timeout'],
    ['is cut', (): Answer => 'cut'],
  ])('a status page that %s does not keep rows from a platform that takes them, nor a person waiting', async (_name, status) => {
    lab.status = status;
    lab.delivery.start();
    await lab.pass(3_600_000);
    expect(lab.delivery.line).toBe('offline');
    lab.put([1, 2, 3]);
    lab.delivery.nudge();
    await lab.pass(20 * 60_000);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 3, pending: 0, sending: 0 });
    // From here on the page is known to say nothing.
    lab.put([4]);
    lab.delivery.nudge(id(4));
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(4);
  });

  it('an answer lost after the commit: the same row goes again, and "duplicate" settles it', async () => {
    lab.put([1]);
    let first = true;
    lab.batch = (items) => {
      if (!first) return json({ results: items.map((item) => ({ outcome: 'duplicate', id: item.id, reference: 'REF-1' })) });
      first = false;
      return 'cut';
    };
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.outbox.counts().sending).toBe(1);
    expect(lab.delivery.line).toBe('offline');
    await lab.pass(2000);
    expect(lab.batches()).toEqual([[id(1)], [id(1)]]);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 1, sending: 0 });
  });

  it('backs off with jitter: never longer than the window, and the window doubles up to the cap', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    lab.status = () => 'cut';
    lab.delivery.start();
    await lab.pass(3_600_000);
    const gaps = lab.asked.map(({ at }, index) => at - (lab.asked[index - 1]?.at ?? 0));
    expect(gaps.slice(0, 5).map((gap) => Math.round(gap / 1000))).toEqual([0, 2, 4, 8, 16]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(300_000);
    expect(new Set(lab.asked.map(({ path }) => path))).toEqual(new Set(['/v1/status']));
  });

  it('obeys Retry-After, also when a person waits', async () => {
    lab.put([1]);
    lab.batch = () => ({ status: 429, headers: { 'retry-after': '30' }, text: '' });
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = accept;
    lab.delivery.nudge();
    await lab.pass(29_999);
    expect(lab.batches()).toHaveLength(1);
    await lab.pass(4000);
    expect(lab.batches()).toHaveLength(2);
    expect(lab.outbox.counts().accepted).toBe(1);
  });

  it('over a line that is down, what is due is the try; nothing of it has left the kiosk, so all of it goes with the first that gets through', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    lab.put([1, 2, 3, 4], 10_000);
    lab.batch = () => 'unreachable';
    lab.delivery.start();
    await lab.pass(600_000);
    expect(lab.count('/v1/status')).toBe(0);
    expect(lab.count('/v1/batches')).toBeGreaterThan(5);
    expect(lab.outbox.counts()).toMatchObject({ pending: 4, sending: 0 });
    lab.batch = accept;
    const before = lab.asked.length;
    await lab.pass(300_000);
    expect(lab.asked[before]?.items).toHaveLength(4);
    expect(lab.outbox.counts().accepted).toBe(4);
  });

  it('a poll that fails is followed by another after the back-off, not by the next poll', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    lab.delivery.start();
    await lab.pass(59_000);
    lab.status = () => 'cut';
    await lab.pass(1000);
    expect(lab.delivery.line).toBe('offline');
    lab.status = () => json({ time: new Date(lab.clock.now()).toISOString(), maintenance: false });
    await lab.pass(2000);
    expect(lab.delivery.line).toBe('online');
  });

  it('every good answer is a sign of life: the status page is asked only when nothing else was', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    lab.delivery.start();
    for (let n = 1; n <= 10; n++) {
      lab.put([n]);
      lab.delivery.nudge();
      await lab.pass(30_000);
    }
    expect(lab.asked.map(({ path }) => path)).toEqual(Array.from({ length: 10 }, () => '/v1/batches'));
    await lab.pass(40_000);
    expect(lab.count('/v1/status')).toBe(1);
  });

  it('nothing else is asked while rows wait for the slot that the platform gave, unless there are hardly any challenges', async () => {
    lab.outbox.addChallenges(inAnHour(1));
    lab.put([1, 2], 200_000);
    lab.batch = (items) => json({ results: accepted(items), nextSlotMs: 600_000 });
    lab.delivery.start();
    await lab.pass(599_000);
    expect(lab.asked.map(({ path }) => path)).toEqual(['/v1/batches']);
    lab.outbox.takeChallenge();
    lab.delivery.nudge();
    await lab.pass(0);
    expect(lab.asked.map(({ path }) => path)).toEqual(['/v1/batches', '/v1/challenges']);
    lab.batch = accept;
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(2);
  });

  it('says with each batch how many rows are left beside it, those that were put off included', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    lab.put([1, 2, 3], 200_000);
    lab.batch = (items) => (items[0]?.id === id(1) ? later(items, 60_000) : accept(items));
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = accept;
    await lab.pass(60_000);
    expect(lab.asked.map(({ waiting }) => waiting)).toEqual(['2', '1', '0']);
  });

  it('a status page that is silent for ten seconds is shown as a line that is down, and waited for all the same', async () => {
    lab.outbox.addChallenges(inAnHour(4));
    const answer = Promise.withResolvers<void>();
    lab.status = async () => {
      await answer.promise;
      return json({ time: new Date(lab.clock.now()).toISOString(), maintenance: false });
    };
    const changes: string[] = [];
    lab.put([1]);
    lab.delivery.onLine((line) => changes.push(line));
    lab.delivery.start();
    await lab.pass(69_999);
    expect(changes).toEqual(['online']);
    await lab.pass(1);
    expect(changes).toEqual(['online', 'offline']);
    await lab.pass(200_000);
    expect(lab.count('/v1/status')).toBe(1);
    answer.resolve();
    await lab.pass(0);
    expect(changes).toEqual(['online', 'offline', 'online']);
    expect(lab.delivery.sick).toBe(false);
  });

  it.each([
    ['500', { status: 500, text: 'oops' }],
    ['garbage', { status: 200, text: '{"results": [{"id": 5}' }],
    ['another shape', json({ hello: 'world' })],
    ['no content', { status: 204, text: '' }],
    ['401', { status: 401, text: '' }],
  ] as [string, Answer][])('a bad answer (%s) loses nothing and settles nothing', async (_name, answer) => {
    lab.put([1]);
    lab.batch = () => answer;
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.outbox.counts()).toMatchObject({ sending: 1, accepted: 0, parked: 0 });
    lab.batch = accept;
    await lab.pass(10_000);
    expect(lab.outbox.counts().accepted).toBe(1);
  });

  it('a poison row is found by halving, parked alone, and holds nobody up', async () => {
    lab.put([1, 2, 3, 4, 5, 6, 7]);
    lab.batch = (items) => (items.some((item) => item.id === id(5)) ? { status: 400, text: '' } : accept(items));
    lab.delivery.start();
    await lab.pass(60_000);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 6, parked: 1, sending: 0 });
    expect(lab.settled.find(([row]) => row === id(5))?.[1]).toEqual({ outcome: 'parked', reason: 'http-400' });
  });

  it('"retry" waits as long as it says, for that row only; an unanswered row is tried again', async () => {
    lab.put([1, 2, 3]);
    lab.batch = (items) =>
      json({
        results: [
          { outcome: 'retry', id: id(1), afterMs: 20_000 },
          ...items.filter((item) => item.id === id(2)).map((item) => ({ outcome: 'accepted', id: item.id, reference: 'REF-2' })),
        ],
      });
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = accept;
    await lab.pass(5000);
    expect(lab.batches()).toEqual([[id(1), id(2), id(3)], [id(3)]]);
    await lab.pass(20_000);
    expect(lab.batches().at(-1)).toEqual([id(1)]);
    expect(lab.outbox.counts().accepted).toBe(3);
  });

  it('an answer about a row that was not sent settles nothing', async () => {
    lab.put([1]);
    lab.batch = () => json({ results: [{ outcome: 'accepted', id: id(9), reference: 'REF-9' }] });
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.outbox.counts()).toMatchObject({ sending: 1, accepted: 0 });
  });

  it('keeps a stock of challenges, and draws only when half of it is spent', async () => {
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.outbox.challengeCount()).toBe(4);
    lab.outbox.takeChallenge();
    lab.delivery.nudge();
    await lab.pass(0);
    expect(lab.asked.filter(({ path }) => path === '/v1/challenges')).toHaveLength(1);
  });

  it('challenges live by the platform’s clock: a kiosk that is an hour off still has a stock', async () => {
    lab.clock.jump(3_600_000);
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.outbox.challengeCount()).toBe(4);
    expect(lab.lines).toContain('sync.skew');
  });

  it.each([
    ['settled', 1, () => json({ results: [{ outcome: 'accepted', id: id(1), reference: 'REF-1' }] })],
    ['postponed', 2, () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 60_000 }] })],
    ['parked', 2, (): Answer => ({ status: 400, text: '' })],
  ])(
    'a row that cannot be written down as %s is not sent again at once, and not for the same answer',
    async (_name, sent, answer) => {
      lab.put([1]);
      lab.batch = answer;
      const { settle, postpone } = lab.outbox;
      lab.outbox.settle = () => null;
      lab.outbox.postpone = () => false;
      lab.delivery.start();
      await lab.pass(0);
      expect(lab.batches()).toHaveLength(1);
      await lab.pass(4999);
      expect(lab.batches()).toHaveLength(1);
      Object.assign(lab.outbox, { settle, postpone });
      lab.batch = accept;
      await lab.pass(70_000);
      expect(lab.batches()).toHaveLength(sent);
      expect(lab.outbox.counts().accepted).toBe(1);
      expect(lab.settled).toEqual([[id(1), { outcome: 'accepted', reference: 'REF-1' }]]);
    },
  );

  it('"retry at once" from the platform is no hot loop, and parks nothing within a second', async () => {
    lab.put([1]);
    lab.batch = () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 0 }] });
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.batches().length).toBeLessThanOrEqual(2);
    expect(lab.outbox.counts().parked).toBe(0);
  });

  it('maintenance counts as "not now"', async () => {
    lab.challenges = () => 'cut';
    lab.status = () => json({ time: new Date(lab.clock.now()).toISOString(), maintenance: true });
    lab.delivery.start();
    await lab.pass(2000);
    expect(lab.count('/v1/status')).toBe(1);
    expect(lab.delivery.line).toBe('offline');
  });
});

describe('for the staff', () => {
  it('retries once past the breaker, the wait the platform asked for and each row’s own, and then waits again', async () => {
    lab.put([1, 2]);
    lab.batch = (items) => json({ results: items.map((item) => ({ outcome: 'retry', id: item.id, afterMs: 900_000 })) });
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = () => ({ status: 429, headers: { 'retry-after': '900' }, text: '' });
    lab.put([3]);
    lab.delivery.nudge();
    await lab.pass(0);
    const before = lab.batches().length;
    lab.delivery.nudge();
    await lab.pass(0);
    expect(lab.batches()).toHaveLength(before);
    expect(lab.delivery.nextAttempt).toBeGreaterThanOrEqual(lab.clock.now() + 900_000);

    lab.delivery.retryNow();
    await lab.pass(0);
    expect(lab.batches().at(-1)).toEqual([id(1), id(2), id(3)]);
    await lab.pass(60_000);
    expect(lab.batches()).toHaveLength(before + 1);
    lab.batch = accept;
    lab.delivery.retryNow();
    await lab.pass(0);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 3, sending: 0 });
  });

  it('settles answers that came another way as those of a batch, tells whoever listens, and twice changes nothing', async () => {
    lab.put([1, 2, 3, 4]);
    lab.outbox.settle([{ id: id(4), state: 'accepted', reference: 'REF-4' }]);
    const results = [
      { outcome: 'accepted' as const, id: id(1), reference: 'REF-1' },
      { outcome: 'refused' as const, id: id(2), reference: 'REF-2', code: 'already-signed-up' as const },
      { outcome: 'retry' as const, id: id(3), afterMs: 60_000 },
      { outcome: 'refused' as const, id: id(4), reference: 'REF-5', code: 'already-signed-up' as const },
      { outcome: 'accepted' as const, id: id(9), reference: 'REF-9' },
    ];
    expect(lab.delivery.take(results)).toEqual([id(1), id(2)]);
    expect(lab.settled.map(([row]) => row)).toEqual([id(1), id(2)]);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 2, refused: 1, pending: 1 });
    expect(lab.outbox.due(lab.clock.now(), { items: 9, bytes: 1e6 })).toEqual([]);
    expect(lab.delivery.take(results)).toEqual([]);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 2, refused: 1 });
  });
});
