import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, type TestPki } from '../../../test/sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard } from '../../../test/sandbox/virtual-card/card.ts';
import { createInMemoryReader, type InMemoryReader } from '../../../test/sandbox/virtual-reader/in-memory.ts';
import { loggedCard } from '../../../test/support/logged-card.ts';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { probeCard } from '../staff/health/probe-card.ts';
import { readCard } from './jpki/read-card.ts';
import { createReaderHealth, type ReaderHealth } from './reader-health.ts';

let pki: TestPki;
let harness: InMemoryReader;
let watch: ReaderHealth;
const clock = createManualClock();
const cardOf = (name: CardStateName) => loggedCard(createVirtualCard(name, pki), 'probe');

beforeAll(async () => {
  pki = await ensureTestPki();
});
function begin() {
  harness = createInMemoryReader();
  watch = createReaderHealth(harness.reader, clock, false);
  watch.reader.start();
}
afterEach(() => watch.reader.stop());

describe('what the reader shows', () => {
  test('service, readers, the card that lies there, a mute one', () => {
    harness = createInMemoryReader();
    watch = createReaderHealth(harness.reader, clock, false);
    expect(watch.seen()).toMatchObject({ service: null, names: [], present: null, mute: false, last: null });
    watch.reader.start();
    expect(watch.seen()).toMatchObject({ service: true, names: ['In-memory reader'] });
    const session = harness.insert(cardOf('fresh'));
    expect(watch.seen().present).toBe(session);
    harness.remove();
    expect(watch.seen().present).toBeNull();
    harness.setService(false);
    expect(watch.seen()).toMatchObject({ service: false });
  });

  test('readings, and the code of a refusal to open', async () => {
    begin();
    const session = harness.insert(cardOf('fresh')) ?? 0;
    const opened = await watch.reader.open(session);
    if (!opened.ok) throw new Error(opened.error.code);
    watch.noteRead(session, await readCard(opened.value, { extended: 'auto', now: clock.now() }));
    await opened.value.close('unpower');
    expect(watch.seen()).toMatchObject({ reads: 1, last: { at: clock.now(), problem: null }, openCode: null });
    watch.noteRead(session, { ok: false, error: { code: 'reader-failed' } });
    expect(watch.seen()).toMatchObject({ reads: 1, last: { problem: 'reader-failed' } });
  });
});

describe('a card is asked', () => {
  test.each([
    ['fresh', 3],
    ['wrong-pin-once', 2],
    ['locked', 0],
  ] as const)('%s: tries left %i, at no cost of one', async (name, tries) => {
    begin();
    const session = harness.insert(cardOf(name)) ?? 0;
    expect(await probeCard(watch.reader, session, () => {})).toEqual({ ok: true, value: tries });
    expect(await probeCard(watch.reader, session, () => {})).toEqual({ ok: true, value: tries });
  });

  test('another kind of card, and one that left', async () => {
    begin();
    const session = harness.insert(cardOf('other')) ?? 0;
    expect(await probeCard(watch.reader, session, () => {})).toEqual({ ok: false, error: { code: 'not-my-number-card' } });
    harness.remove();
    expect(await probeCard(watch.reader, session, () => {})).toEqual({ ok: false, error: { code: 'removed' } });
  });
});
