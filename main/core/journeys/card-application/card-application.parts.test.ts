import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { createVirtualCard } from '../../../../test/sandbox/virtual-card/card.ts';
import { AKARI, BUNTA, CHIEKO, contactOf, type TestApplicant } from '../../../../test/support/applicants.ts';
import { apply, scan, typeOver, walkToFormRead, walkToPhoto, walkToReadBack } from '../../../../test/support/application-walk.ts';
import { type CoreHarness, createHarness, type HarnessOptions } from '../../../../test/support/core-harness.ts';
import { loggedCard } from '../../../../test/support/logged-card.ts';
import type { ApplicationContent, PhotoHint } from '../../../contract/application.ts';

let harness: CoreHarness;
const start = async (more: Partial<HarnessOptions> = {}) => {
  harness = await createHarness({ name: 'application', ...more });
  return harness.page;
};
afterEach(() => harness.close());

const contents = () =>
  harness.platform
    .submissions()
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ content }) => content as ApplicationContent);
const sha = (bytes: Uint8Array | Buffer) => createHash('sha256').update(bytes).digest('hex');
/** Nothing of a person is on the screen, and the page gets no picture. */
const expectNothingOf = async (who: TestApplicant, shot: number) => {
  const seen = JSON.stringify(harness.page.now);
  for (const secret of [who.form, who.email, who.phone]) expect(seen).not.toContain(secret);
  expect(harness.page.now.session).toBe(false);
  expect(await harness.page.wantPhoto(shot)).toBeNull();
};

describe('online', () => {
  test('what was entered and read back is what the platform takes, with the picture untouched', async () => {
    const page = await start();
    await walkToReadBack(page, AKARI, { contact: 'email', without: ['signature'], braille: true });
    const { screen, session } = page.now;
    if (screen.name !== 'application-read-back') throw new Error(screen.name);
    expect(session).toBe(true);
    expect(screen).toMatchObject({
      form: AKARI.form,
      moved: false,
      contact: contactOf(AKARI, 'email'),
      certificates: { signature: false, authentication: true },
      braille: true,
      way: 'normal',
    });
    expect(sha((await page.wantPhoto(screen.shot)) ?? Buffer.of())).toBe(sha(AKARI.photo()));
    await page.go('confirm', 'form-again');
    scan(page, AKARI.form);
    const accepted = await page.see('application-accepted');
    expect(accepted.screen).toMatchObject({ receipt: screen.receipt, weeks: 5, contact: true });
    const [content, ...more] = contents();
    if (content === undefined) throw new Error('nothing taken');
    expect(more).toEqual([]);
    const { photo, replyKey: _, challenge: __, id: ___, ...said } = content;
    expect(sha(Buffer.from(photo, 'base64'))).toBe(sha(AKARI.photo()));
    const { name: ____, shot: _____, ...shown } = screen;
    expect(said).toEqual({ v: 1, kind: 'card-application', read: ['scan', 'scan'], hints: [], ...shown });
  });

  test('typed digits are compared with the paper, first and last; moved, phone, head cover', async () => {
    const page = await start();
    await walkToReadBack(page, BUNTA, {
      read: 'keys',
      moved: true,
      contact: 'phone',
      way: 'cover',
      hints: ['background', 'blurred'],
    });
    await page.go('confirm', 'form-again');
    // One digit wrong is no other form yet.
    typeOver(page, `${BUNTA.form.slice(0, -1)}9`);
    await page.see('form-check');
    await page.go('back', 'form-again');
    typeOver(page, BUNTA.form);
    await page.see('application-accepted');
    expect(contents()).toMatchObject([
      { read: ['keys', 'keys'], moved: true, contact: contactOf(BUNTA, 'phone'), way: 'cover', hints: ['blurred'] },
    ]);
  });

  test('a QR that holds a web address with the number in it is the form', async () => {
    const page = await start();
    await page.see('attract');
    await page.go('start', 'menu');
    await page.go('card-application', 'about-application');
    await page.go('next', 'form-read');
    for (const [text, problem] of [
      ['https://example.jp/', 'scan-url'],
      ['1234567897', 'scan-receipt'],
      ['hello', 'scan-garbage'],
    ] as const) {
      scan(page, text);
      await page.until(({ screen }) => screen.name === 'form-read' && screen.problem === problem);
    }
    scan(page, `https://net.example.jp/SPS?i=${AKARI.form}&v=1`);
    await page.see('form-moved');
  });

  test.each([
    ['form-unknown', '99112233445566778899001', null],
    ['already-applied', null, null],
    ['photo-refused', null, 'grey'],
  ] as const)('refused: %s', async (code, form, photo) => {
    const page = await start();
    const who: TestApplicant = {
      ...CHIEKO,
      form: form ?? CHIEKO.form,
      photo: () => (photo === null ? CHIEKO.photo() : torn(CHIEKO)),
    };
    if (code === 'already-applied') {
      await apply(page, CHIEKO);
      await page.go('done', 'goodbye');
    }
    const { screen } = await apply(page, who);
    expect(screen).toMatchObject({ name: 'refused', code });
    expect(harness.platform.applications()).toHaveLength(code === 'already-applied' ? 1 : 0);
  });

  test('a lost answer after the commit does not take it twice', async () => {
    const page = await start({ before: (platform) => platform.faults({ type: 'drop-reply', times: 1, on: ['batches'] }) });
    await walkToReadBack(page, AKARI);
    await page.go('confirm', 'form-again');
    scan(page, AKARI.form);
    await page.see('delivering');
    await harness.until(() => harness.platform.summary().accepted === 1 && harness.inFlight() === 0);
    for (let n = 0; n < 20 && harness.waiting() > 0; n++) {
      harness.clock.advance(1000);
      await harness.until(() => harness.inFlight() === 0);
    }
    await page.see('application-accepted');
    expect(harness.platform.applications()).toHaveLength(1);
    expect(harness.platform.summary()).toMatchObject({ accepted: 1, duplicates: 1 });
  });
});

/** Markers in order, and in the middle of the coded data nothing that decodes: only who decodes it can know. */
function torn(who: TestApplicant): Uint8Array {
  const bytes = Uint8Array.from(who.photo());
  const at = bytes.length >> 1;
  bytes.fill(0x7f, at, at + 20_000);
  return bytes;
}

describe('without a line', () => {
  /** From the second reading until the slip comes out. */
  const received = async () => {
    await harness.until(() => harness.waiting() === 1);
    for (let n = 0; n < 20 && harness.page.now.screen.name !== 'received'; n++) {
      harness.clock.advance(1000);
      await harness.until(() => true);
    }
    const { screen } = await harness.page.see('received');
    if (screen.name !== 'received') throw new Error(screen.name);
    return screen.receipt;
  };
  /** Until the kiosk has noticed that the line is down: from then on nothing is even tried. */
  const offline = async () => {
    harness.platform.faults({ type: 'refuse-connections', ms: 600_000 });
    for (let n = 0; n < 20 && harness.kiosk.snapshot().line === 'online'; n++) {
      harness.clock.advance(30_000);
      await harness.until(() => harness.inFlight() === 0);
    }
    await harness.page.until(({ line }) => line === 'offline');
  };
  const heal = async () => {
    await harness.platform.clearFaults();
    for (let n = 0; n < 50 && harness.waiting() > 0; n++) {
      harness.clock.advance(5000);
      await harness.until(() => harness.inFlight() === 0);
    }
  };

  test('受付 offline, delivered when the line is back, and how it stands by the number of the slip', async () => {
    const page = await start();
    harness.platform.faults({ type: 'refuse-connections', ms: 600_000 });
    await walkToReadBack(page, AKARI, { contact: 'email' });
    await page.go('confirm', 'form-again');
    scan(page, AKARI.form);
    const receipt = await received();
    await page.go('done', 'goodbye');
    expect(harness.waiting()).toBe(1);
    await heal();
    expect(harness.waiting()).toBe(0);
    const status = async () => {
      await page.see('attract', 'goodbye');
      await page.go('start', 'menu');
      await page.go('receipt-lookup', 'receipt-find');
      typeOver(page, receipt);
      await page.see('receipt-state');
      return (await page.go('status', 'application-status')).screen;
    };
    expect(await status()).toMatchObject({ receipt, application: { state: 'received' } });
    await page.go('done', 'goodbye');
    const application = { state: 'returned' as const, reasons: ['photo-background' as const] };
    harness.platform.moveApplication({ receipt, terminal: 'K-TEST-1', application });
    expect(await status()).toMatchObject({ receipt, application });
    await page.go('back', 'receipt-state');
    harness.platform.faults({ type: 'status', status: 404, on: ['applications'] });
    expect((await page.go('status', 'application-status')).screen).toMatchObject({ application: null });
  });

  test('taken back while it waits: nothing is sent', async () => {
    const page = await start();
    await offline();
    await walkToReadBack(page, AKARI);
    await page.go('confirm', 'form-again');
    const before = harness.requests.length;
    scan(page, AKARI.form);
    const receipt = await received();
    await page.go('done', 'goodbye');
    await page.go('start', 'menu');
    await page.go('receipt-lookup', 'receipt-find');
    typeOver(page, receipt);
    const row = await page.see('receipt-state');
    expect(row.screen).toMatchObject({ kind: 'card-application', state: 'waiting' });
    // There is nothing to ask the platform yet.
    page.press('status');
    await page.go('cancel-it', 'receipt-cancel');
    expect((await page.go('cancel-it', 'receipt-cancelled')).screen).toMatchObject({ cancelled: true });
    await heal();
    for (let n = 0; n < 10; n++) {
      harness.clock.advance(5000);
      await harness.until(() => harness.inFlight() === 0);
    }
    expect(harness.platform.applications()).toEqual([]);
    expect(harness.requests.slice(before).some(({ items }) => items.length > 0)).toBe(false);
  });
});

describe('everything that ends it wipes it', () => {
  const atReadBack = async () => {
    const page = await start();
    await walkToReadBack(page, AKARI, { contact: 'email' });
    if (page.now.screen.name !== 'application-read-back') throw new Error(page.now.screen.name);
    expect(harness.outbox.challengeCount()).toBe(STOCK - 1);
    return { page, shot: page.now.screen.shot };
  };
  const STOCK = 20;

  test('another form at the end: told, nothing kept, nothing sent', async () => {
    const { page, shot } = await atReadBack();
    await page.go('confirm', 'form-again');
    scan(page, 'MADO1R:1234567897');
    await page.until(({ screen }) => screen.name === 'form-again' && screen.problem === 'scan-receipt');
    scan(page, BUNTA.form);
    await page.see('other-form');
    await expectNothingOf(AKARI, shot);
    expect(JSON.stringify(page.now)).not.toContain(BUNTA.form);
    await page.go('done', 'goodbye');
    expect(harness.waiting()).toBe(0);
    expect(harness.outbox.challengeCount()).toBe(STOCK);
  });

  test('typed: another form is another form once it was confirmed', async () => {
    const { page, shot } = await atReadBack();
    await page.go('confirm', 'form-again');
    typeOver(page, BUNTA.form);
    await page.see('form-check');
    await page.go('confirm', 'other-form');
    await expectNothingOf(AKARI, shot);
  });

  test.each([
    [
      'nobody there',
      async () => {
        harness.clock.advance(60_000);
        await harness.page.until(({ warning }) => warning !== null);
        for (let n = 0; n < 30; n++) harness.clock.advance(1000);
      },
    ],
    ['staff', async () => harness.kiosk.staffCancel()],
    ['home', async () => harness.page.press('home')],
    ['the reader is pulled out', async () => harness.reader.setPlugged(false)],
  ])('%s', async (_, finish) => {
    const { page, shot } = await atReadBack();
    await finish();
    await page.see('goodbye', 'attract', 'out-of-order');
    await expectNothingOf(AKARI, shot);
    expect(harness.waiting()).toBe(0);
    expect(harness.outbox.challengeCount()).toBe(STOCK);
  });

  test('another form at the beginning, after all was entered: nothing of the first one comes along', async () => {
    const { page } = await atReadBack();
    for (const screen of [
      'photo-review',
      'photo-prepare',
      'braille',
      'certificates',
      'contact-kind',
      'form-moved',
      'form-read',
    ] as const)
      await page.go('back', screen);
    scan(page, BUNTA.form);
    await page.see('form-moved');
    await page.go('no', 'contact-kind');
    await page.go('email', 'contact-entry');
    expect(page.now.screen).toMatchObject({ text: '' });
    typeOver(page, BUNTA.email);
    await page.see('certificates');
    await page.go('next', 'braille');
    await page.go('no', 'photo-prepare');
  });

  test('back and forth loses nothing that was entered', async () => {
    const { page, shot } = await atReadBack();
    for (const screen of ['photo-review', 'photo-prepare', 'braille', 'certificates', 'contact-kind'] as const)
      await page.go('back', screen);
    await page.go('email', 'contact-entry');
    expect(page.now.screen).toMatchObject({ text: AKARI.email });
    page.send({ type: 'type-edit', step: page.now.step, edit: 'ok' });
    await page.see('certificates');
    await page.go('next', 'braille');
    await page.go('no', 'photo-review');
    expect((await page.go('use', 'application-read-back')).screen).toMatchObject({ form: AKARI.form, shot });
    expect(harness.outbox.challengeCount()).toBe(STOCK - 1);
  });

  test('after the second reading the picture is gone too, whatever becomes of the answer', async () => {
    const page = await start();
    const { screen } = await walkToReadBack(page, AKARI);
    if (screen.name !== 'application-read-back') throw new Error(screen.name);
    await page.go('confirm', 'form-again');
    scan(page, AKARI.form);
    await page.see('application-accepted');
    expect(await page.wantPhoto(screen.shot)).toBeNull();
  });
});

describe('the picture', () => {
  test('hints ask once in a visit; retakes have no end; another way asks for less', async () => {
    const page = await start();
    await walkToPhoto(page, AKARI);
    const hints: PhotoHint[] = ['tilted', 'background'];
    page.sendPhoto(AKARI.photo(), hints);
    const advice = await page.see('photo-advice');
    expect(advice.screen).toMatchObject({ hints });
    await page.go('retake', 'photo');
    for (let n = 0; n < 6; n++) {
      page.sendPhoto(AKARI.photo(), hints);
      const review = await page.see('photo-review');
      expect(review.screen).toMatchObject({ hints });
      await page.go('retake', 'photo');
    }
    expect(page.now.screen).toMatchObject({ shots: 7 });
    page.sendPhoto(AKARI.photo(), hints);
    await page.see('photo-review');
    await page.go('back', 'photo-prepare');
    await page.go('pose', 'photo-prepare');
    await page.go('back', 'braille');
    await page.go('no', 'photo-review');
    expect(page.now.screen).toMatchObject({ hints: ['background'] });
  });

  test('what is no picture of the limits is not taken, and the screen stays', async () => {
    const page = await start();
    await walkToPhoto(page, AKARI);
    const png = Uint8Array.from(AKARI.photo());
    png.set([0x89, 0x50, 0x4e, 0x47]);
    const before = harness.lines.length;
    for (const bytes of [png, AKARI.photo().subarray(0, 100_000), Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)]) page.sendPhoto(bytes);
    await harness.until(() => harness.lines.slice(before).filter(({ event }) => event === 'port.refused').length === 3);
    expect(harness.lines.slice(before).map(({ reason }) => reason)).toEqual(['photo.not-jpeg', 'photo.broken', 'photo.broken']);
    expect(page.now.screen).toMatchObject({ name: 'photo', shots: 0 });
    page.sendPhoto(AKARI.photo());
    await page.see('photo-review');
  });

  test('comes only for the screen that takes one, and with its step', async () => {
    const page = await start();
    await walkToFormRead(page, AKARI);
    page.sendPhoto(AKARI.photo());
    await page.go('back', 'form-read');
    expect(harness.kiosk.picture(1)).toBeNull();
  });

  test('a page that was loaded again gets it; another page only what it asks for; a snapshot never holds it', async () => {
    const page = await start();
    await walkToPhoto(page, AKARI);
    page.sendPhoto(AKARI.photo());
    const { screen } = await page.see('photo-review');
    if (screen.name !== 'photo-review') throw new Error(screen.name);
    const again = harness.newPage();
    await again.see('photo-review');
    expect(sha((await again.wantPhoto(screen.shot)) ?? Buffer.of())).toBe(sha(AKARI.photo()));
    expect(page.pictures).toEqual([]);
    expect(await again.wantPhoto(screen.shot + 1)).toBeNull();
    expect(Math.max(...page.seen.map((one) => JSON.stringify(one).length))).toBeLessThan(4096);
  });
});

describe('a card on the reader', () => {
  const lay = () => harness.reader.insert(loggedCard(createVirtualCard('fresh', harness.pki), 'application'));

  test('opens no session, ends nothing, and must be taken afterwards', async () => {
    const page = await start();
    await walkToPhoto(page, AKARI);
    lay();
    page.sendPhoto(AKARI.photo());
    await page.see('photo-review');
    await page.go('use', 'application-read-back');
    harness.reader.remove();
    lay();
    await page.go('confirm', 'form-again');
    scan(page, AKARI.form);
    await page.see('application-accepted');
    expect(harness.lines.filter(({ event }) => event === 'session.began')).toEqual([]);
    await page.go('done', 'take-card');
    expect(page.now.session).toBe(false);
    harness.reader.remove();
    await page.see('goodbye');
  });

  test('that had a session loses it when the application begins', async () => {
    const page = await start();
    await page.see('attract');
    lay();
    await page.until(({ screen, session }) => screen.name === 'menu' && session);
    await page.go('card-application', 'about-application');
    expect(page.now.session).toBe(false);
    await page.go('back', 'take-card');
    harness.reader.remove();
    await page.see('attract', 'goodbye');
  });
});

test('two applicants in a row: the second finds nothing of the first', async () => {
  const page = await start();
  await apply(page, AKARI, { contact: 'email' });
  await page.go('done', 'goodbye');
  const began = page.seen.length;
  await apply(page, BUNTA, { contact: 'phone' });
  const second = JSON.stringify(page.seen.slice(began));
  for (const secret of [AKARI.form, AKARI.email]) expect(second).not.toContain(secret);
  expect(contents().map(({ form, contact, photo }) => [form, contact, sha(Buffer.from(photo, 'base64'))])).toEqual(
    [AKARI, BUNTA].map((who, n) => [who.form, contactOf(who, n === 0 ? 'email' : 'phone'), sha(who.photo())]),
  );
});

test('no challenge left offline: told before the second reading', async () => {
  const page = await start({ set: ['outbox.challengeStock=1'] });
  harness.platform.faults({ type: 'refuse-connections', ms: 600_000 });
  expect(harness.outbox.takeChallenge()).not.toBeNull();
  const { screen } = await walkToReadBack(page, AKARI);
  expect(screen).toEqual({ name: 'cannot-accept', reason: 'challenge', cardless: true });
  await page.go('done', 'goodbye');
});
