import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pcscdCheck } from '../../main/core/staff/health/pcscd.ts';
import { polkitCheck } from '../../main/core/staff/health/polkit.ts';
import { readerCheck } from '../../main/core/staff/health/reader.ts';
import { Code } from '../../native/pcsc/index.ts';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type KioskOnPcscd, kioskOnPcscd } from '../support/kiosk-on-pcscd.ts';
import { testFolder } from '../support/test-folder.ts';
import { type ChangedAnswer, changedAnswers } from './pcsc-answers/changed-answers.ts';

/** The whole kiosk on the real pcscd, with single answers of the PC/SC library changed on their way to the card host (SOURCES.md, Cases: card). */
let pki: TestPki;
let on: KioskOnPcscd | null = null;

beforeAll(async () => {
  pki = await ensureTestPki();
});
afterEach(async () => {
  await on?.close();
  on = null;
});
const begin = async (...answers: readonly ChangedAnswer[]) => {
  on = await kioskOnPcscd({ name: 'answers', pki, env: answers.length === 0 ? {} : changedAnswers(...answers) });
  return on;
};

/** One person's visit from the attract screen to the My Key ID; nothing is said of any fault, and the card saw one VERIFY. */
async function quietVisit(kiosk: KioskOnPcscd): Promise<void> {
  await kiosk.page.see('attract');
  const before = kiosk.screens.length;
  let verifies = 0;
  const card = createVirtualCard('fresh', pki);
  const counted = {
    ...card,
    transmit: (apdu: Uint8Array) => {
      if (apdu[1] === 0x20 && apdu.length > 5) verifies += 1;
      return card.transmit(apdu);
    },
  };
  await kiosk.toIssued(counted);
  expect(verifies).toBe(1);
  for (const name of kiosk.screens.slice(before)) {
    expect(name).not.toMatch(/^(card-problem|goodbye|out-of-order|take-card)/);
  }
  await kiosk.takeOff();
}

describe('said once, nobody notices', () => {
  const once: readonly (readonly [string, ChangedAnswer])[] = [
    ['the list of readers has grown (80100008)', { call: 'ListReaders', code: Code.insufficientBuffer, from: 4 }],
    ['the list of readers has grown while it is read', { call: 'ListReaders', code: Code.insufficientBuffer, from: 3, times: 3 }],
    ['bytes were lost at the first command (8010002F)', { call: 'Transmit', code: 0x8010002f }],
    ['the card was reset by somebody (80100068)', { call: 'Transmit', code: 0x80100068 }],
    ['connect: the card does not answer (80100066)', { call: 'Connect', code: Code.unresponsiveCard }],
    ['connect: no common protocol (8010000F)', { call: 'Connect', code: Code.protocolMismatch }],
    ['connect: no power (80100067)', { call: 'Connect', code: Code.unpoweredCard }],
    ['connect: bytes were lost (8010002F)', { call: 'Connect', code: 0x8010002f }],
    [
      'connect: another program looks at the card for a moment (8010000B)',
      { call: 'Connect', code: Code.sharingViolation, times: 3 },
    ],
  ];
  test.each(once)('%s', async (_, answer) => {
    await quietVisit(await begin(answer));
  });
});

describe('said for ever', () => {
  test('readers come and go untold (macOS): the list is polled', async () => {
    const kiosk = await begin({ call: 'Notification', code: Code.unknownReader, times: 0 });
    await quietVisit(kiosk);
    await quietVisit(kiosk);
  });

  test('a card that never answers to connect is told of as that', async () => {
    const kiosk = await begin({ call: 'Connect', code: Code.unresponsiveCard, times: 0 });
    await kiosk.page.see('attract');
    await kiosk.lay();
    const { screen } = await kiosk.page.see('card-problem');
    expect(screen).toMatchObject({ problem: { code: 'mute' } });
  });
});

describe('polkit says no (8010006A)', () => {
  const polkit = (kiosk: KioskOnPcscd) =>
    polkitCheck({ driver: 'pcsc', platform: 'linux', seen: kiosk.staff.watch.seen, socket: '/run/pcscd/pcscd.comm' })();

  test('to the context: named, and served when it is allowed', async () => {
    const kiosk = await begin({ call: 'EstablishContext', code: Code.securityViolation, times: 3 });
    expect(await kiosk.page.see('out-of-order')).toMatchObject({
      screen: { reason: expect.stringMatching(/starting|not-allowed/) },
    });
    await kiosk.page.until(({ screen }) => screen.name === 'out-of-order' && screen.reason === 'reader-not-allowed');
    expect(await polkit(kiosk)).toMatchObject({ state: 'bad', finding: 'refused' });
    expect(await pcscdCheck('pcsc', kiosk.staff.watch.seen)()).toMatchObject({ finding: 'up' });
    await quietVisit(kiosk);
  });

  test('to the card: out of order after the first one, and named', async () => {
    const kiosk = await begin({ call: 'Connect', code: Code.securityViolation, times: 0 });
    await kiosk.page.see('attract');
    await kiosk.lay();
    // Nobody reads it, and all the same it is somebody's: it comes off first.
    await kiosk.page.see('take-card');
    await kiosk.takeOff();
    await kiosk.page.until(({ screen }) => screen.name === 'out-of-order' && screen.reason === 'reader-not-allowed');
    expect(await polkit(kiosk)).toMatchObject({ state: 'bad', finding: 'card-refused' });
    expect(kiosk.screens).toContain('goodbye:reader');
    expect(kiosk.screens).not.toContain('goodbye:removed');
  });
});

describe('a second slot that is always there and mute', () => {
  const SLOT = 'Virtual PCD 00 01';
  const beginWithSlot = async (atOnce: boolean) => {
    const file = join(testFolder('cards', 'mute'), 'mute');
    const putIn = () => writeFileSync(file, '');
    if (atOnce) putIn();
    const env = { ...changedAnswers(), MADOGUCHI_PCSC_MUTE: SLOT, MADOGUCHI_PCSC_WHILE: file };
    on = await kioskOnPcscd({ name: 'answers', pki, env });
    return { kiosk: on, putIn };
  };
  const strange = (kiosk: KioskOnPcscd) =>
    expect.poll(() => kiosk.staff.watch.seen().strange, { timeout: 15_000 }).toEqual([SLOT]);

  test('the first slot serves, and the strange one is a line for the staff', async () => {
    const { kiosk } = await beginWithSlot(true);
    await strange(kiosk);
    await quietVisit(kiosk);
    await quietVisit(kiosk);
    expect(await readerCheck(kiosk.staff.watch.seen)()).toMatchObject({
      state: 'warning',
      finding: 'strange-slot',
      facts: { slots: SLOT },
    });
  });

  test('so does one that comes later', async () => {
    const { kiosk, putIn } = await beginWithSlot(false);
    await quietVisit(kiosk);
    putIn();
    await strange(kiosk);
    await quietVisit(kiosk);
  });
});
