import * as fs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiptNumber } from '../../main/contract/receipt.ts';
import type { QueueFiles } from '../../main/core/outbox/journal-files.ts';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import { createScriptedKiosk, type ScriptedKiosk } from '../support/scripted-kiosk.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';

/** The queue as something that breaks and works again while the kiosk runs. */

const outOfOrder = { name: 'out-of-order', reason: 'storage' };
const toTheCard = ['start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree'] as const;
const insert = async (k: ScriptedKiosk, session = 1) => {
  k.reader({ type: 'inserted', session, reader: 'r', found: false });
  await k.flush();
};
const remove = async (k: ScriptedKiosk, session = 1) => {
  k.reader({ type: 'removed', session, reader: 'r' });
  await k.flush();
};
function up(journeys?: Parameters<typeof createScriptedKiosk>[0]): ScriptedKiosk {
  const k = createScriptedKiosk(journeys);
  k.reader({ type: 'service', up: true });
  k.reader({ type: 'readers', names: ['r'] });
  expect(k.screen.name).toBe('attract');
  return k;
}
function typeText(k: ScriptedKiosk, text: string): void {
  const { step } = k.kiosk.snapshot();
  for (const key of text) k.kiosk.handle({ type: 'type', step, key });
  k.kiosk.handle({ type: 'type-edit', step, edit: 'ok' });
}
async function atPin(): Promise<ScriptedKiosk> {
  const k = up();
  for (const button of toTheCard) k.press(button);
  await insert(k);
  k.press('confirm');
  expect(k.screen.name).toBe('pin');
  return k;
}

describe('storage breaks while nobody is there', () => {
  it('out of order at once, nobody can begin, and back again by itself', async () => {
    const k = up();
    k.storage(false);
    expect(k.screen).toEqual(outOfOrder);
    k.press('start');
    expect(k.screen).toEqual(outOfOrder);
    k.storage(true);
    expect(k.screen.name).toBe('attract');
    k.press('start');
    expect(k.screen.name).toBe('menu');
  });

  it('a card that is laid on meanwhile is not read, opens nothing afterwards, and must come off first', async () => {
    const k = up();
    k.storage(false);
    await insert(k);
    expect([k.screen, k.kiosk.snapshot().session]).toEqual([outOfOrder, false]);
    k.storage(true);
    expect([k.screen.name, k.kiosk.snapshot().session]).toEqual(['take-card', false]);
    await remove(k);
    expect(k.screen.name).toBe('goodbye');
  });

  it('behind the staff console: the kiosk is out of order for storage when it closes', () => {
    const k = up();
    expect(k.kiosk.staff.open()).toBe(true);
    k.storage(false);
    k.kiosk.staff.close();
    expect(k.screen).toEqual(outOfOrder);
  });

  it('between putting the kiosk together and its start', () => {
    const k = createScriptedKiosk(undefined, { usableAtStart: false });
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    expect(k.screen).toEqual(outOfOrder);
  });
});

describe('storage breaks during a visit', () => {
  it('before the read-back: the act is refused there, then goodbye, then out of order', async () => {
    const k = up();
    for (const button of toTheCard) k.press(button);
    k.storage(false);
    expect(k.screen.name).toBe('insert-card');
    await insert(k);
    expect(k.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
    k.press('done');
    expect(k.screen.name).toBe('take-card');
    await remove(k);
    expect(k.screen.name).toBe('goodbye');
    k.press('start');
    await insert(k, 2);
    expect([k.screen.name, k.kiosk.snapshot().session]).toEqual(['goodbye', false]);
    k.clock.advance(5000);
    expect(k.screen).toEqual(outOfOrder);
    expect(k.queued).toEqual([]);
  });

  it('at the PIN: refused when it is entered, nothing is queued or promised', async () => {
    const k = await atPin();
    k.storage(false);
    expect(k.screen.name).toBe('pin');
    const seen: string[] = [];
    k.kiosk.onSnapshot(({ screen }) => seen.push(screen.name));
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
    expect(seen).not.toContain('received');
    expect(k.queued).toEqual([]);
  });

  it('works again before the person is done: the next one can begin', async () => {
    const k = await atPin();
    k.storage(false);
    k.storage(true);
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.queued.length).toBe(1);
  });

  it('a journey that keeps nothing goes on to its end', async () => {
    const k = up();
    k.press('start');
    k.storage(false);
    k.press('check');
    await insert(k);
    expect(k.screen.name).toBe('check-result');
    await remove(k);
    k.clock.advance(5000);
    expect(k.screen).toEqual(outOfOrder);
  });

  it('between two people of a family: the next one does not begin, and the run is forgotten', async () => {
    const k = up(['sign-up']);
    for (const button of ['start', 'sign-up', 'next'] as const) k.press(button);
    k.kiosk.handle({ type: 'choose', step: k.kiosk.snapshot().step, id: 'sakura-prepaid' });
    for (const button of ['charge', 'self', 'holder', 'no'] as const) k.press(button);
    while (k.screen.name === 'terms') k.press('agree');
    await insert(k);
    for (const text of [sakuraAccount(1), '1234']) typeText(k, text);
    await k.flush();
    k.press('confirm');
    k.type(4);
    k.edit('ok');
    await k.flush();
    k.settle({ outcome: 'accepted', reference: 'REF1', reply: 'signed-up' });
    await k.flush();
    k.press('next-person');
    expect(k.screen.name).toBe('take-card');
    k.storage(false);
    await remove(k);
    expect(k.screen.name).toBe('goodbye');
    k.clock.advance(5000);
    expect(k.screen).toEqual(outOfOrder);
    k.storage(true);
    expect(k.screen.name).toBe('attract');
  });
});

describe('the real queue, on a disk that fails', () => {
  let folder: string;
  let store: OutboxStore | null;
  let sick: boolean;
  const SYNCS = ['fsyncSync', 'fdatasyncSync'];
  const files = Object.fromEntries(
    Object.entries(fs).map(([name, call]) => [
      name,
      !SYNCS.includes(name)
        ? call
        : (file: number) => {
            if (sick) throw Object.assign(new Error('disk'), { code: 'EIO' });
            fs.fsyncSync(file);
          },
    ]),
  ) as unknown as QueueFiles;
  const start = () => {
    const k = createScriptedKiosk(undefined, {
      realOutbox: (clock) => {
        const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };
        const opened = openOutbox({ folder, limits, clock, log: () => {}, files });
        if (!opened.ok) throw new Error(opened.error);
        store = opened.value;
        return store;
      },
    });
    store?.addChallenges([{ challenge: 'A'.repeat(32), expiresAt: k.clock.now() + 86_400_000 }]);
    k.reader({ type: 'service', up: true });
    k.reader({ type: 'readers', names: ['r'] });
    return k;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mado-storage-'));
    store = null;
    sick = false;
  });
  afterEach(() => {
    store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('at the commit: refused, nothing is kept, out of order until the disk is well, and then by itself in order', async () => {
    const k = start();
    for (const button of toTheCard) k.press(button);
    await insert(k);
    k.press('confirm');
    sick = true;
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.screen).toEqual({ name: 'cannot-accept', reason: 'storage' });
    k.press('done');
    await remove(k);
    k.clock.advance(5000);
    expect(k.screen).toEqual(outOfOrder);
    k.clock.advance(600_000);
    expect(k.screen).toEqual(outOfOrder);
    sick = false;
    k.clock.advance(31_000);
    expect(k.screen.name).toBe('attract');
    expect(store?.counts().pending).toBe(0);
  });

  it('at the start: out of order before any card is read, and then by itself in order', async () => {
    sick = true;
    const k = start();
    expect(k.screen).toEqual(outOfOrder);
    sick = false;
    k.clock.advance(60_000);
    expect(k.screen.name).toBe('attract');
  });
});

describe('delivery hears of people', () => {
  it('when a visit begins by touch, and of the very row that is committed', async () => {
    const k = up();
    expect(k.nudges).toEqual([]);
    k.press('start');
    expect(k.nudges).toEqual([null]);
    for (const button of toTheCard.slice(1)) k.press(button);
    await insert(k);
    k.press('confirm');
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.nudges).toEqual([null, k.queued[0]?.id]);
  });

  it('when a visit begins by card', async () => {
    const k = up();
    await insert(k);
    expect(k.nudges).toEqual([null]);
  });
});

describe('a receipt', () => {
  it('that another row of the queue has is drawn again', async () => {
    const k = up();
    k.script.former.add(receiptNumber('911111111'));
    k.script.draws.push('911111111', '922222222');
    for (const button of toTheCard) k.press(button);
    await insert(k);
    k.press('confirm');
    k.type(4);
    k.edit('ok');
    await k.flush();
    expect(k.queued[0]?.receipt).toBe(receiptNumber('922222222'));
  });

  it('for which no free number is drawn: refused before the PIN', async () => {
    const k = up();
    k.script.former.add(receiptNumber('911111111'));
    k.script.draws.push(...Array.from({ length: 100 }, () => '911111111'));
    for (const button of toTheCard) k.press(button);
    await insert(k);
    expect(k.screen).toEqual({ name: 'cannot-accept', reason: 'internal' });
  });
});

it('the time in a content is the civil time, not the wall clock', async () => {
  const k = up();
  k.script.civilTime = Date.UTC(2031, 1, 3, 4, 5, 6);
  for (const button of toTheCard) k.press(button);
  await insert(k);
  k.press('confirm');
  k.type(4);
  k.edit('ok');
  await k.flush();
  expect(JSON.parse(k.queued[0]?.sealed ?? '')).toMatchObject({ content: { at: '2031-02-03T04:05:06.000Z' } });
  // A slip shows the same time, however late it is printed and whatever the wall clock says.
  k.script.civilTime = Date.UTC(2031, 1, 3, 4, 9, 0);
  k.clock.advance(8000);
  await k.flush();
  expect(k.printed[0]).toContain('2031年2月3日 13:05');
});
