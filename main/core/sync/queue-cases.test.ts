import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, accept, createLab, id, ids, json, type Lab, later } from '../../../test/support/delivery-lab.ts';
import { either } from '../../../test/support/runs.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import { createPlatformTime, type TimeNote } from './platform-time.ts';

/** SOURCES.md, Cases: queue, by their number there. */
const HOUR = 3_600_000;
let lab: Lab;
afterEach(() => lab.close());

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const failing: Answer = { status: 500, text: '' };

describe('Q2: a row that is found and cannot be marked', () => {
  it('is set apart at the second sight, the rest goes on, and nothing spins', async () => {
    const apart: number[] = [];
    let looks = 0;
    const damaged = (outbox: OutboxStore): OutboxStore => {
      const { due, markSending, setApart } = outbox;
      return Object.assign(outbox, {
        due: (...given: Parameters<OutboxStore['due']>) => {
          looks += 1;
          if (looks > 1000) throw new Error('spins');
          return due(...given).filter(({ seq }) => !apart.includes(seq));
        },
        markSending: (rows: Parameters<OutboxStore['markSending']>[0]) => markSending(rows.filter((row) => row.id !== id(2))),
        setApart: (seq: number) => {
          apart.push(seq);
          setApart(seq);
        },
      });
    };
    lab = createLab({ outbox: damaged });
    lab.put([2]);
    lab.delivery.start();
    await lab.pass(500);
    expect(apart).toEqual([]);
    await lab.pass(2000);
    expect(apart).toEqual([1]);
    lab.put(numbers(3, 12));
    lab.delivery.nudge();
    await lab.pass(2000);
    expect(lab.outbox.counts().accepted).toBe(10);
    expect(looks).toBeLessThan(20);
  });
});

it('Q3: a read that throws is told, waits, and delivery goes on when it can', async () => {
  let broken = true;
  const throwing = (outbox: OutboxStore): OutboxStore => {
    const { due } = outbox;
    return Object.assign(outbox, {
      due: (...given: Parameters<OutboxStore['due']>) => {
        if (broken) throw new Error('not of the schema');
        return due(...given);
      },
    });
  };
  lab = createLab({ outbox: throwing });
  lab.put(numbers(1, 29));
  lab.delivery.start();
  await lab.pass(60_000);
  const told = lab.lines.filter((event) => event === 'core.fault').length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(13);
  broken = false;
  await lab.pass(5000);
  expect(lab.outbox.counts().accepted).toBe(29);
});

describe('Q4: something on the way answers', () => {
  it.each([400, 404, 405, 407, 413, 421, 431, 451, 401, 500, 503, 200])(
    'with %i: a line fault, nothing parked',
    async (status) => {
      lab = createLab();
      lab.put(numbers(1, 250));
      lab.batch = () => ({ status, text: '<html>', by: 'gateway' });
      lab.delivery.start();
      await lab.pass(3000);
      expect(lab.outbox.counts()).toMatchObject({ parked: 0, accepted: 0, refused: 0 });
      expect(lab.count('/v1/batches')).toBeLessThan(5);
      expect(lab.delivery.line).toBe('offline');
      lab.batch = accept;
      await lab.pass(30_000);
      expect(lab.outbox.counts()).toMatchObject({ parked: 0, accepted: 250 });
    },
  );
  it('Retry-After from somebody on the way is a hint, bounded by our own cap', async () => {
    lab = createLab();
    lab.put([1]);
    lab.batch = () => ({ status: 503, text: '', headers: { 'retry-after': '86400' }, by: 'gateway' });
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = accept;
    await lab.pass(299_000);
    expect(lab.count('/v1/batches')).toBe(1);
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(1);
  });
});

describe('Q6: one row of 120 at which the platform fails', () => {
  const sick: [string, Answer][] = [
    ['500', failing],
    ['time-out', 'timeout'],
    ['cut', 'cut'],
    ['garbage', json({})],
  ];
  it.each(sick)(
    '%s: 119 delivered within minutes; that one alone, rarely, never parked',
    async (_name, answer) => {
      const alone: number[] = [];
      const noting = (outbox: OutboxStore): OutboxStore => {
        const { setAlone } = outbox;
        return Object.assign(outbox, {
          setAlone: (row: string, at: number) => {
            if (row === id(57)) alone.push(at);
            return setAlone(row, at);
          },
        });
      };
      lab = createLab({ outbox: noting });
      lab.put(numbers(1, 120), 400);
      lab.batch = (items) => (items.some((item) => item.id === id(57)) ? answer : accept(items));
      lab.delivery.start();
      await lab.pass(10 * 60_000);
      expect(lab.outbox.counts()).toMatchObject({ accepted: 119, parked: 0 });
      const then = lab.batches().length;
      await lab.pass(8 * HOUR);
      expect(alone.length).toBeGreaterThan(0);
      expect(
        lab
          .batches()
          .slice(then)
          .every((batch) => batch.length === 1),
      ).toBe(true);
      const rare = lab.batches().length - then;
      expect(rare).toBeLessThan(20);
      // It holds nobody up.
      lab.put([200]);
      lab.delivery.nudge();
      await lab.pass(5 * 60_000);
      expect(lab.outbox.counts().accepted).toBe(120);
      lab.batch = accept;
      await lab.pass(7 * HOUR);
      expect(lab.outbox.counts()).toMatchObject({ accepted: 121, sending: 0, parked: 0 });
    },
    30_000,
  );

  it("sent alone behind a row that waits again, it is no part of that one's batch", async () => {
    lab = createLab();
    const receipt = '0000000001';
    for (const n of [1, 2]) lab.outbox.enqueue({ id: id(n), kind: 'set-up', receipt, sealed: `sealed-${n}` });
    let known = false;
    lab.batch = (items) => {
      if (items.some((item) => item.id === id(2))) return 'timeout';
      return items.length === 1 && items[0]?.id === id(1) && !known ? json({}, 400) : accept(items);
    };
    lab.delivery.start();
    // Others get through between its failures, so that it is the row that is blamed.
    for (let n = 10; n < 20 && lab.outbox.row(id(2))?.alone !== true; n++) {
      lab.put([n]);
      lab.delivery.nudge();
      await lab.pass(10 * 60_000);
    }
    expect(lab.outbox.row(id(2))).toMatchObject({ alone: true });
    expect(lab.outbox.counts()).toMatchObject({ parked: 1 });
    known = true;
    const then = lab.batches().length;
    lab.outbox.staff.unpark(id(1));
    lab.delivery.nudge();
    await lab.pass(5 * 60_000);
    expect(lab.outbox.counts()).toMatchObject({ parked: 0, sending: 1 });
    expect(lab.batches().slice(then)).toEqual([ids(1)]);
  });

  it('under suspicion as well after a restart, it holds no other suspect up', async () => {
    const died = (outbox: OutboxStore): OutboxStore =>
      Object.assign(outbox, {
        work: Object.create(outbox.work, { left: { value: { frozen: true, stage: null, inHand: ids(1, 2, 3) } } }),
      });
    lab = createLab({ outbox: died });
    lab.put([1, 2, 3]);
    lab.outbox.setAlone(id(1), lab.clock.now() - 1);
    lab.batch = (items) => (items.some((item) => item.id === id(1)) ? 'timeout' : accept(items));
    lab.delivery.start();
    await lab.pass(20 * 60_000);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 2, sending: 1 });
  });

  it('an outage blames no row: when it is over all go within minutes', async () => {
    let blamed = 0;
    const noting = (outbox: OutboxStore): OutboxStore =>
      Object.assign(outbox, {
        setAlone: () => {
          blamed += 1;
          return true;
        },
      });
    lab = createLab({ outbox: noting });
    lab.put(numbers(1, 30));
    lab.batch = () => 'timeout';
    lab.status = () => 'timeout';
    lab.delivery.start();
    await lab.pass(either(48, 12) * HOUR);
    expect(lab.count('/v1/batches') + lab.count('/v1/status')).toBeGreaterThan(100);
    lab.batch = accept;
    lab.status = () => json({ time: '2026-11-27T00:00:00.000Z', maintenance: false });
    await lab.pass(15 * 60_000);
    expect(lab.outbox.counts()).toMatchObject({ accepted: 30, parked: 0 });
    expect(blamed).toBe(0);
  }, 30_000);
});

it('promise 3: a verifier that is away for days counts against no row', async () => {
  lab = createLab({ backOffCapSeconds: 60 });
  lab.put([1, 2]);
  lab.batch = (items) => later(items, 1000);
  lab.delivery.start();
  await lab.pass(either(48, 24) * HOUR);
  expect(lab.count('/v1/batches')).toBeGreaterThan(100);
  expect(lab.outbox.counts()).toMatchObject({ parked: 0 });
  lab.batch = accept;
  await lab.pass(20 * 60_000);
  expect(lab.outbox.counts().accepted).toBe(2);
}, 60_000);

/** Seconds of the boot spread, as a file of settings says; null: it says nothing. */
function spreadIn(file: string): number | null {
  const Said = z.object({
    environment: z.string().optional(),
    sync: z.object({ startSpreadSeconds: z.number().optional() }).optional(),
  });
  const said = Said.parse(JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../../../kiosk-config'), file), 'utf8')));
  return said.environment === 'sandbox' ? null : (said.sync?.startSpreadSeconds ?? null);
}

describe('Q11: many kiosks start at once', () => {
  it('within 180 s where nobody says otherwise, and no profile of a real kiosk does', async () => {
    const seconds = spreadIn('defaults.json');
    if (seconds === null) throw new Error('no default');
    const profiles = readdirSync(resolve(import.meta.dirname, '../../../kiosk-config/profiles'));
    expect(profiles.map((name) => spreadIn(`profiles/${name}`)).filter((own) => own !== null)).toEqual([]);
    // The last of all kiosks.
    lab = createLab({ startSpreadSeconds: seconds, byte: 0xff });
    lab.put([1]);
    lab.delivery.start();
    await lab.pass(179_000);
    expect(lab.asked).toEqual([]);
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(1);
  });
  it('nothing goes out before a random time, unless somebody is there', async () => {
    lab = createLab({ startSpreadSeconds: 180, byte: 0x80 });
    lab.put([1]);
    lab.delivery.start();
    await lab.pass(90_000);
    expect(lab.asked).toEqual([]);
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(1);
    expect(lab.asked.map(({ path }) => path)).toEqual(['/v1/batches', '/v1/challenges']);
  });
  it('a person who comes ends the wait', async () => {
    lab = createLab({ startSpreadSeconds: 180 });
    lab.delivery.start();
    await lab.pass(1000);
    lab.delivery.nudge();
    await lab.pass(0);
    expect(lab.outbox.challengeCount()).toBe(4);
    expect(lab.delivery.line).toBe('online');
  });
  it('the slot that the platform gives is kept to, by everything but a person’s act', async () => {
    lab = createLab();
    lab.put([1]);
    lab.batch = (items) => json({ ...JSON.parse((accept(items) as { text: string }).text), nextSlotMs: 60_000 });
    lab.delivery.start();
    await lab.pass(0);
    lab.put([2]);
    lab.delivery.nudge();
    await lab.pass(59_000);
    expect(lab.count('/v1/batches')).toBe(1);
    lab.batch = accept;
    lab.put([3]);
    lab.delivery.nudge(id(3));
    await lab.pass(0);
    expect(lab.batches().at(-1)).toEqual([id(3)]);
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(3);
  });
});

describe('Q13: Retry-After', () => {
  it.each([-HOUR, HOUR, 0])(
    'a date half a minute ahead means half a minute, with the kiosk’s clock off by %i ms',
    async (off) => {
      lab = createLab({ byte: 0 });
      lab.clock.jump(off);
      lab.put([1]);
      const at = new Date(lab.clock.now() - off + 30_000).toUTCString();
      lab.batch = () => ({ status: 503, text: '', headers: { 'retry-after': at } });
      lab.delivery.start();
      await lab.pass(0);
      lab.batch = accept;
      await lab.pass(29_000);
      expect(lab.count('/v1/batches')).toBe(1);
      await lab.pass(2500);
      expect(lab.outbox.counts().accepted).toBe(1);
    },
  );
});

describe('Q14: an over-age challenge is not handed out', () => {
  it.each([-5 * 24 * HOUR, -10 * 365 * 24 * HOUR, 10 * 365 * 24 * HOUR])(
    'the clock jumps by %i ms after they were drawn',
    async (jump) => {
      lab = createLab();
      lab.delivery.start();
      await lab.pass(0);
      expect(lab.outbox.challengeCount()).toBe(4);
      lab.challenges = () => 'cut';
      lab.status = () => 'cut';
      lab.clock.jump(jump);
      await lab.pass(300_000);
      // Five minutes old, of ten.
      expect(lab.outbox.takeChallenge()).not.toBeNull();
      await lab.pass(301_000);
      expect(lab.outbox.takeChallenge()).toBeNull();
    },
  );
  it('also over a restart in between', async () => {
    let note: TimeNote | null = null;
    const store = {
      noteTime(next: TimeNote) {
        note = next;
        return true;
      },
      notedTime: () => note,
    };
    let uptime = 0;
    const boot = { id: 'a', uptimeMs: () => uptime };
    createPlatformTime({ boot, clock: { now: () => 1e12 }, store: () => store }).note(5e12, 0, 0);
    uptime = 600_000;
    const next = createPlatformTime({ boot, clock: { now: () => 0 }, store: () => store });
    next.load();
    expect(next.latest()).toBeGreaterThanOrEqual(5e12 + 600_000);
    lab = createLab();
  });
});

describe('Q15: a person’s act', () => {
  const slow = () => {
    const answer = Promise.withResolvers<void>();
    lab.batch = async (items) => {
      if (items.some((item) => item.id === id(1))) await answer.promise;
      return accept(items);
    };
    return answer.resolve;
  };
  it('goes at once, alone, past old rows, while a batch is under way', async () => {
    lab = createLab();
    lab.put(numbers(1, 250));
    const end = slow();
    lab.delivery.start();
    await lab.pass(0);
    expect(lab.batches()).toHaveLength(1);
    lab.put([900]);
    lab.delivery.nudge(id(900));
    await lab.pass(0);
    expect(lab.asked.at(-1)).toMatchObject({ urgent: true, items: [{ id: id(900) }] });
    expect(lab.settled).toEqual([[id(900), { outcome: 'accepted', reference: 'REF-1' }]]);
    end();
    await lab.pass(0);
    expect(lab.outbox.counts().accepted).toBe(251);
    expect(
      lab
        .batches()
        .flat()
        .filter((row) => row === id(900)),
    ).toHaveLength(1);
  });
  it('is never twice in flight: nudged again, and with the next batch', async () => {
    lab = createLab();
    const end = slow();
    lab.delivery.start();
    await lab.pass(0);
    lab.put([1]);
    lab.delivery.nudge(id(1));
    lab.delivery.nudge(id(1));
    lab.delivery.nudge();
    lab.put([2]);
    lab.delivery.nudge();
    await lab.pass(20_000);
    expect(lab.batches()).toEqual([[id(1)], [id(2)]]);
    end();
    await lab.pass(0);
    expect(lab.outbox.counts().accepted).toBe(2);
  });
  it('is tried once while the back-off runs, and ends it when it gets through', async () => {
    lab = createLab();
    lab.put(numbers(1, 3));
    lab.batch = () => ({ status: 503, text: '' });
    lab.delivery.start();
    await lab.pass(2 * HOUR);
    const before = lab.batches().length;
    lab.put([4, 5]);
    lab.delivery.nudge(id(4));
    await lab.pass(0);
    lab.delivery.nudge(id(5));
    await lab.pass(0);
    expect(lab.batches().slice(before)).toEqual([[id(4)]]);
    lab.batch = accept;
    await lab.pass(2000);
    lab.delivery.nudge(id(5));
    await lab.pass(0);
    expect(lab.delivery.line).toBe('online');
    await lab.pass(1000);
    expect(lab.outbox.counts().accepted).toBe(5);
  });
  it('does not go while the platform itself asked not to be called', async () => {
    lab = createLab();
    lab.put([1]);
    lab.batch = () => ({ status: 503, text: '', headers: { 'retry-after': '60' } });
    lab.delivery.start();
    await lab.pass(0);
    lab.put([2]);
    lab.delivery.nudge(id(2));
    await lab.pass(59_000);
    expect(lab.batches()).toEqual([[id(1)]]);
  });
});

it('Q17: two rows of one receipt, the first put off: the second waits, and nothing spins', async () => {
  let looks = 0;
  const counting = (outbox: OutboxStore): OutboxStore => {
    const { due } = outbox;
    return Object.assign(outbox, {
      due: (...given: Parameters<OutboxStore['due']>) => {
        looks += 1;
        return due(...given);
      },
    });
  };
  lab = createLab({ outbox: counting });
  for (const n of [1, 2]) lab.outbox.enqueue({ id: id(n), kind: 'set-up', receipt: '0000000001', sealed: 'sealed-bytes-bytes' });
  lab.batch = () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 600_000 }] });
  lab.delivery.start();
  await lab.pass(60_000);
  const first = lab.batches().length;
  await lab.pass(500_000);
  expect(lab.batches()).toHaveLength(first);
  expect(looks).toBeLessThan(200);
  lab.batch = accept;
  await lab.pass(60_000);
  expect(lab.batches().at(-1)).toEqual(ids(1, 2));
});

it('a person’s haste does not overtake an earlier row of the same receipt', async () => {
  lab = createLab();
  lab.outbox.enqueue({ id: id(1), kind: 'set-up', receipt: '0000000001', sealed: 'sealed-bytes-bytes' });
  lab.batch = () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 600_000 }] });
  lab.delivery.start();
  await lab.pass(1000);
  lab.outbox.enqueue({ id: id(2), kind: 'set-up', receipt: '0000000001', sealed: 'sealed-bytes-bytes' });
  lab.batch = accept;
  lab.delivery.nudge(id(2));
  await lab.pass(5000);
  expect(lab.batches()).toEqual([[id(1)]]);
  await lab.pass(700_000);
  expect(lab.batches()).toEqual([[id(1)], ids(1, 2)]);
});

describe('an act that could not leave can still be taken back', () => {
  it('where no connection could be made the mark is taken back', async () => {
    lab = createLab();
    lab.delivery.start();
    await lab.pass(0);
    lab.batch = () => 'unreachable';
    lab.put([1]);
    lab.delivery.nudge(id(1));
    await lab.pass(0);
    expect(lab.batches()).toEqual([[id(1)]]);
    expect(lab.outbox.counts()).toMatchObject({ pending: 1, sending: 0 });
    expect(lab.outbox.cancel('0000000001')).toEqual({ ok: true, value: true });
  });
  it('but not one that left with a batch while the small request was under way, though its second try found no connection', async () => {
    lab = createLab();
    const well = lab.status;
    lab.status = () => 'cut';
    lab.batch = () => 'cut';
    lab.delivery.start();
    await lab.pass(60_000);
    const probed = Promise.withResolvers<void>();
    lab.status = async () => {
      await probed.promise;
      return well();
    };
    lab.put([1]);
    lab.delivery.nudge(id(1));
    await lab.pass(0);
    expect(lab.batches()).toEqual([]);
    lab.outbox.markSending(lab.outbox.due(lab.clock.now(), { items: 1, bytes: 1000 }));
    lab.batch = () => 'unreachable';
    probed.resolve();
    await lab.pass(0);
    expect(lab.batches()).toEqual([[id(1)]]);
    expect(lab.outbox.cancel('0000000001')).toEqual({ ok: true, value: false });
  });
  it('where the line counts as down a small request goes first, and the act stays here when nobody answers it', async () => {
    lab = createLab();
    lab.status = () => 'cut';
    lab.batch = () => 'cut';
    lab.delivery.start();
    await lab.pass(60_000);
    expect(lab.delivery.line).toBe('offline');
    lab.put([1]);
    lab.delivery.nudge(id(1));
    await lab.pass(0);
    expect(lab.batches()).toEqual([]);
    expect(lab.outbox.cancel('0000000001')).toEqual({ ok: true, value: true });
  });
});
