import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CardProblem } from '../../main/contract/card.ts';
import type { Result } from '../../main/contract/result.ts';
import { readCard } from '../../main/core/card/jpki/read-card.ts';
import { verifyAndSign } from '../../main/core/card/jpki/verify-and-sign.ts';
import { problemOf } from '../../main/core/card/problem-of.ts';
import { type Events, eventsOf, pcscHarness, type ReaderHarness } from '../contract/reader-harness.ts';
import { endPcscd, hangPcscd, startPcscd } from '../sandbox/pcscd/daemon.ts';
import { ensureTestPki, type PersonName, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { loggedCard } from '../support/logged-card.ts';

/** Everything between core and card fails while a command is under way, on the real pcscd: a value comes back, and the next card works. */
const digest = Uint8Array.from({ length: 32 }, (_, n) => n);
const INS = { verify: 0x20, sign: 0x2a, read: 0xb0 } as const;
/** The question for the tries left has the same INS, and no data. */
const COUNTER = -1;
const isVerify = (apdu: Uint8Array) => apdu[1] === INS.verify && apdu.length > 5;

interface Fault {
  readonly name: string;
  /** With the command on its way. */
  strike(harness: ReaderHarness): Promise<void>;
  mend(): Promise<void>;
}

const faults: readonly Fault[] = [
  { name: 'pcscd is killed', strike: () => endPcscd('SIGKILL'), mend: () => startPcscd() },
  { name: 'pcscd hangs', strike: async () => hangPcscd(true), mend: async () => hangPcscd(false) },
  { name: 'the card host is killed', strike: async (harness) => harness.killHost?.(), mend: async () => {} },
  { name: 'the card host hangs', strike: async (harness) => harness.hangHost?.(), mend: async () => {} },
];
const stages: readonly [string, (apdu: Uint8Array) => boolean][] = [
  ['the certificate is read', (apdu) => apdu[1] === INS.read && apdu[2] !== 0x86],
  ['the PIN is verified', isVerify],
  ['the digest is signed', (apdu) => apdu[1] === INS.sign],
];

let pki: TestPki;
let harness: ReaderHarness;
let events: Events;
beforeAll(async () => {
  pki = await ensureTestPki();
});

const begin = async (reader: string) => {
  harness = pcscHarness(reader, { commandTimeoutSeconds: 1 });
  events = eventsOf(harness.reader);
  harness.reader.start();
  await serviceIs(true);
};
const serviceIs = async (up: boolean) => {
  for (;;) if ((await events.next('service')).up === up) return;
};

/** What reached it, and a command that it never answers. */
function watchedCard(who: PersonName, stuckAt: (apdu: Uint8Array) => boolean = () => false) {
  const card = loggedCard(createVirtualCard(who, pki), 'mid-command');
  const seen: number[] = [];
  let reached = () => {};
  const stuck = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const watched: VirtualCard = {
    ...card,
    async transmit(apdu) {
      seen.push(isVerify(apdu) ? INS.verify : apdu[1] === INS.verify ? COUNTER : (apdu[1] ?? 0));
      if (!stuckAt(apdu)) return card.transmit(apdu);
      reached();
      return new Promise(() => {});
    },
  };
  return { watched, seen, stuck };
}

/** The whole visit at the level of the card: open, read, verify, sign, power off. */
async function visit(who: PersonName): Promise<{ end: Result<unknown, CardProblem>; pin: Uint8Array }> {
  const pin = Uint8Array.from(Buffer.from(personOf(pki, who).pin, 'latin1'));
  const { session } = await events.next('inserted');
  const opened = await harness.reader.open(session);
  if (!opened.ok) return { end: { ok: false, error: problemOf(opened.error) }, pin };
  const reading = await readCard(opened.value, { extended: 'never', now: Date.now() });
  const end = reading.ok ? await verifyAndSign(opened.value, pin, digest) : reading;
  await opened.value.close('unpower');
  return { end, pin };
}

async function strikeAndRecover(fault: Fault, stuckAt: (apdu: Uint8Array) => boolean): Promise<void> {
  const first = watchedCard('fresh', stuckAt);
  await harness.lay(first.watched);
  const under = visit('fresh');
  await first.stuck;
  await fault.strike(harness);
  const { end, pin } = await under;
  expect(end.ok).toBe(false);
  // It was the reader, never the person.
  if (!end.ok) expect(end.error.code).toBe('reader-failed');
  const sent = first.seen.filter((ins) => ins === INS.verify).length;
  expect(sent).toBeLessThan(2);
  if (sent === 1) expect([...pin]).toEqual([0, 0, 0, 0]);

  await fault.mend();
  await harness.takeOff();
  await serviceIs(true);
  const second = watchedCard('fresh-2');
  await harness.lay(second.watched);
  expect(await visit('fresh-2')).toMatchObject({ end: { ok: true } });
  // Its own commands and no other: SELECT, label, counter, certificate, VERIFY, sign.
  expect(second.seen.filter((ins) => ins === INS.verify)).toHaveLength(1);
  expect(second.seen[0]).toBe(0xa4);
}

describe.each(faults)('$name while', (fault) => {
  afterEach(async () => {
    hangPcscd(false);
    await startPcscd();
    await harness.close();
  });

  test.each(stages)('%s', async (_, stuckAt) => {
    await begin('Virtual PCD 00 00');
    await strikeAndRecover(fault, stuckAt);
  });
});
