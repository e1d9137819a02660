import { afterEach, describe, expect, test } from 'vitest';
import { personOf } from '../../../../test/sandbox/pki/index.ts';
import { sampleCatalogue } from '../../../../test/sandbox/platform/catalogue-publisher.ts';
import { type CardStateName, createVirtualCard } from '../../../../test/sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness, type HarnessOptions } from '../../../../test/support/core-harness.ts';
import { loggedCard } from '../../../../test/support/logged-card.ts';
import { walkToMunicipal } from '../../../../test/support/municipal-walk.ts';
import { walkToCard, walkToPin } from '../../../../test/support/page-driver.ts';
import { sakuraAccount } from '../../../../test/support/sign-up-acts.ts';
import {
  confirmReadBack,
  type SignUpWish,
  typeField,
  typeFields,
  walkToEntry,
  walkToService,
} from '../../../../test/support/sign-up-walk.ts';
import { smallCatalogue } from '../../../../test/support/small-catalogue.ts';
import type { ScreenName, ScreenOf } from '../../../contract/screens.ts';

let harness: CoreHarness;
afterEach(async ({ task }) => {
  // A hung visit says nothing by itself: where it stood, and what the kiosk did last.
  if (task.result?.state === 'fail')
    console.log(harness.page.now.screen.name, harness.outbox.counts(), harness.lines.slice(-15), harness.requests.slice(-5));
  await harness.close();
});
const start = async (options: Partial<HarnessOptions> = {}) => {
  harness = await createHarness({ name: 'sign-up', ...options });
};
const lay = (card: CardStateName) => () =>
  void harness.reader.insert(loggedCard(createVirtualCard(card, harness.pki), 'sign-up'));
const shown = <N extends ScreenName>(name: N): ScreenOf<N> => {
  const { screen } = harness.page.now;
  if (screen.name !== name) throw new Error(`${screen.name} instead of ${name}`);
  return screen as ScreenOf<N>;
};

interface Visit extends Partial<SignUpWish> {
  readonly card?: CardStateName;
  readonly fields?: readonly string[];
}
/** A whole sign-up until the kiosk says what came of it. The card stays. */
async function signUp({ card = 'fresh', fields = [sakuraAccount(1), '1234'], ...wish }: Visit = {}) {
  await walkToEntry(harness.page, { lay: lay(card), ...wish });
  await typeFields(harness.page, fields);
  await confirmReadBack(harness.page);
  harness.page.enterPin(personOf(harness.pki, card === 'fresh-2' ? 'fresh-2' : 'fresh').pin);
  return harness.page.until(({ screen }) => !['pin', 'signing', 'delivering', 'read-back'].includes(screen.name));
}

describe('sign-up on the real core', () => {
  test('set up, and on to the sign-up with the same card: each act is read back and has its own PIN', async () => {
    await start();
    const { page } = harness;
    const pin = () => page.enterPin(personOf(harness.pki, 'fresh').pin);
    await walkToPin(page, lay('fresh'));
    pin();
    await page.see('issued');
    expect(shown('issued')).toMatchObject({ alreadySet: false, goesOn: 'sign-up' });
    // What it is about, whose card, who types, the ID and the terms of the programme were all said a minute ago.
    await page.go('sign-up', 'finder');
    expect(page.now.session).toBe(true);
    page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
    await page.see('service');
    await page.go('charge', 'terms');
    expect(shown('terms').documents.map(({ ref }) => ref.id)).toEqual(['sakura-prepaid']);
    await page.go('back', 'service');
    await page.go('charge', 'terms');
    await page.go('agree', 'entry');
    await typeFields(page, [sakuraAccount(1), '1234']);
    const { content } = shown('read-back');
    expect(content).toMatchObject({ whose: 'self', helped: false, makeId: false });
    // All of it is signed, also what was agreed to for the set-up.
    expect(content.terms.map(({ ref }) => ref.id)).toEqual(['programme', 'sakura-prepaid']);
    await confirmReadBack(page);
    pin();
    await page.see('signed-up');
    expect(harness.platform.submissions().map(({ content, outcome }) => [content?.kind, outcome])).toEqual([
      ['set-up', 'accepted'],
      ['sign-up', 'accepted'],
    ]);
    expect(harness.platform.people()).toHaveLength(1);
  });

  test('where nobody is helped, who types is not asked; one press says that the card is one’s own, and another service does not ask again', async () => {
    await start({ set: ['helpers=false'] });
    const { page } = harness;
    await page.see('attract', 'goodbye');
    await page.go('start', 'menu');
    await page.go('sign-up', 'about-sign-up');
    await page.go('self', 'finder');
    page.send({ type: 'choose', step: page.now.step, id: 'keyaki-credit' });
    await page.see('service');
    await page.go('back', 'finder');
    page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
    await page.see('service');
    await page.go('charge', 'has-id');
    await page.go('back', 'service');
    await page.go('charge', 'has-id');
    await page.go('no', 'terms');
    expect(shown('terms')).toMatchObject({ index: 0, full: false });
    expect(shown('terms').documents.map(({ ref }) => ref.id)).toEqual(['programme', 'my-key-id', 'sakura-prepaid']);
    // One consent each, all on the same screen.
    await page.go('agree', 'terms');
    await page.go('agree', 'terms');
    expect(shown('terms').index).toBe(2);
    await page.go('back', 'terms');
    expect(shown('terms').index).toBe(1);
    await page.go('agree', 'terms');
    await page.go('agree', 'insert-card');
    lay('fresh')();
    await page.see('entry');
    await typeFields(page, [sakuraAccount(1), '1234']);
    expect(shown('read-back').content).toMatchObject({ whose: 'self', helped: false });
  });

  test('the other way on the same screen asks whose card it is, also after one’s own was said', async () => {
    await start({ set: ['helpers=false'] });
    const { page } = harness;
    await page.see('attract', 'goodbye');
    await page.go('start', 'menu');
    await page.go('sign-up', 'about-sign-up');
    await page.go('self', 'finder');
    await page.go('back', 'about-sign-up');
    await page.go('next', 'finder');
    page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
    await page.see('service');
    await page.go('charge', 'whose-card');
    await page.go('home', 'attract', 'goodbye');
    await page.go('start', 'menu');
    await page.go('set-up', 'about-set-up');
    await page.go('self', 'terms');
    await page.go('back', 'whose-card');
    await page.go('back', 'about-set-up');
    await page.go('next', 'whose-card');
  });

  test('a keyword that leaves one service has chosen it; one that leaves several has not', async () => {
    await start();
    const { page } = harness;
    await page.see('attract', 'goodbye');
    await page.go('start', 'menu');
    await page.go('sign-up', 'about-sign-up');
    // Typing is no step of its own.
    const find = async (keyword: string) => {
      const { step } = page.now;
      page.press('clear');
      page.press('type');
      await page.until(({ screen }) => screen.name === 'finder' && screen.typing);
      for (const key of keyword) page.send({ type: 'type', step, key });
      page.send({ type: 'type-edit', step, edit: 'ok' });
    };
    await page.go('next', 'finder');
    await find('イ');
    await page.until(({ screen }) => screen.name === 'finder' && !screen.typing);
    expect(shown('finder').total).toBeGreaterThan(1);
    await find('ミント');
    await page.see('service');
    expect(shown('service').hit.id).toBe('mint-pay');
    await page.go('back', 'finder');
    expect(shown('finder')).toMatchObject({ typing: false, total: 1 });
  });

  test('on to the sign-up: back leads to what it is about and to the menu, where everything is asked anew', async () => {
    await start();
    const { page } = harness;
    await walkToPin(page, lay('fresh'));
    page.enterPin(personOf(harness.pki, 'fresh').pin);
    await page.see('issued');
    await page.go('sign-up', 'finder');
    await page.go('back', 'about-sign-up');
    await page.go('back', 'menu');
    await page.go('sign-up', 'about-sign-up');
    await page.go('next', 'finder');
    page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
    await page.see('service');
    await page.go('charge', 'whose-card');
    harness.reader.remove();
    await page.see('goodbye');
  });

  test('set up for a child by a helper, and on: the sign-up is for the same child, by the same helper, who reads twice', async () => {
    await start();
    const { page } = harness;
    await walkToCard(page, { whose: 'child', helped: true });
    lay('child')();
    await page.see('read-back');
    await confirmReadBack(page);
    page.enterPin(personOf(harness.pki, 'child').pin);
    await page.see('issued');
    await page.go('sign-up', 'finder');
    // A service that takes no minors says so, as it does for every child.
    page.send({ type: 'choose', step: page.now.step, id: 'keyaki-credit' });
    await page.see('service');
    await page.go('back', 'finder');
    page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
    await page.see('service');
    await page.go('charge', 'terms');
    await page.go('agree', 'entry');
    await typeFields(page, [sakuraAccount(3), '1234']);
    expect(shown('read-back').content).toMatchObject({ whose: 'child-under-15', helped: true, makeId: false });
    await confirmReadBack(page);
    expect(page.seen.some(({ screen }) => screen.name === 'hand-over')).toBe(true);
  });

  test('a sign-up makes the ID along: read back as signed, one PIN, accepted, and the platform has the link', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh') });
    await typeFields(harness.page, [sakuraAccount(7), '4321']);
    const { content } = shown('read-back');
    if (content.kind !== 'sign-up') throw new Error(content.kind);
    expect(content).toMatchObject({ makeId: true, on: 'charge', whose: 'self', prospect: { cap: 5000, spend: 20_000 } });
    expect(content.fields.map(({ text }) => text)).toEqual([sakuraAccount(7), '4321']);
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('signed-up');
    const screen = shown('signed-up');
    expect(screen.linked.account).toMatch(new RegExp(`^•{12}${sakuraAccount(7).slice(-4)}$`));
    expect(screen.myKeyId).toMatch(/^[A-Z0-9]{8}$/);
    expect(harness.platform.links()).toHaveLength(1);
    const [submission] = harness.platform.submissions();
    expect(submission?.content).toMatchObject({ account: sakuraAccount(7), codes: ['4321'], receipt: content.receipt });
  });

  test('every outcome that the platform can give has its own screen', async () => {
    await start({ platform: { providers: { check: async (_, __, codes) => (codes.includes('0000') ? 'unknown' : 'known') } } });
    expect((await signUp({ hasId: true })).screen).toMatchObject({ name: 'not-set-up' });
    await harness.leave();
    expect((await signUp({ fields: [sakuraAccount(1), '0000'] })).screen).toMatchObject({
      name: 'refused',
      code: 'account-refused',
    });
    await harness.leave();
    expect((await signUp()).screen.name).toBe('signed-up');
    await harness.leave();
    const again = await signUp({ fields: [sakuraAccount(2), '1234'] });
    expect(again.screen).toMatchObject({
      name: 'already-signed-up',
      linked: { account: expect.stringContaining(sakuraAccount(1).slice(-4)) },
    });
    await harness.leave();
    expect((await signUp({ card: 'fresh-2' })).screen).toMatchObject({ name: 'refused', code: 'account-in-use' });
    await harness.leave();
    harness.platform.faults({ type: 'certificate-unknown', times: 1 });
    const renewed = await signUp({ card: 'fresh-2', fields: [sakuraAccount(3), '1234'] });
    expect(renewed.screen).toMatchObject({ name: 'refused', code: 'certificate-unknown' });
  });

  test('not set up yet: one more read-back makes ID and sign-up together, in the same card session', async () => {
    await start();
    await signUp({ hasId: true });
    expect(shown('not-set-up').receipt).toMatch(/^\d{10}$/);
    await harness.page.go('next', 'terms');
    // Only what was not agreed to before.
    expect(shown('terms').documents.map(({ ref }) => ref.id)).toEqual(['my-key-id']);
    await harness.page.go('agree', 'entry', 'reading-card');
    await harness.page.see('entry');
    expect(shown('entry').text).toBe(sakuraAccount(1));
    for (let n = 0; n < 2; n++) {
      const { step } = harness.page.now;
      harness.page.send({ type: 'type-edit', step, edit: 'ok' });
      await harness.page.until((next) => next.step > step);
    }
    await harness.page.see('read-back');
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('signed-up');
    expect(harness.platform.people()).toHaveLength(1);
  });

  test('the conditions changed meanwhile: read again, then accepted', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh') });
    const { services, ...rest } = sampleCatalogue();
    await harness.platform.publish({
      ...rest,
      version: 2,
      services: services.map((one) =>
        one.id === 'sakura-prepaid' ? { ...one, terms: { ...one.terms, version: '2026-11-20' } } : one,
      ),
    });
    await typeFields(harness.page, [sakuraAccount(1), '1234']);
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('terms-changed');
    await harness.page.go('next', 'terms');
    expect(shown('terms').documents.map(({ ref }) => ref)).toEqual([{ id: 'sakura-prepaid', version: '2026-11-20' }]);
  });

  test('a version of the programme’s terms has ended, and this kiosk has no newer one: told, not asked to read again', async () => {
    await start({
      platform: {
        terms: [
          { id: 'programme', version: '2026-10-01', until: new Date(0).toISOString() },
          { id: 'programme', version: '2026-11-20' },
          { id: 'my-key-id', version: '2026-10-01' },
        ],
      },
    });
    expect((await signUp()).screen).toMatchObject({ name: 'refused', code: 'terms-changed' });
  });

  test('the service went from the catalogue while somebody typed: told that it is closed', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh') });
    const { services, ...rest } = sampleCatalogue();
    await harness.platform.publish({ ...rest, version: 2, services: services.filter(({ id }) => id !== 'sakura-prepaid') });
    await typeFields(harness.page, [sakuraAccount(1), '1234']);
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('refused', 'terms-changed', 'received');
    expect(shown('refused').code).toBe('service-closed');
  });

  test('a service that wants a registration first: who has none takes a slip, who has one signs up', async () => {
    await start({ platform: { catalogue: smallCatalogue } });
    await walkToService(harness.page, 'tsubaki-credit');
    expect(shown('service')).toMatchObject({ hit: { hindrances: [], registerFirst: true } });
    await harness.page.go('charge', 'pre-registration');
    await harness.page.go('no', 'saved-for-later');
    expect(shown('saved-for-later').preRegistration).toContain('カード会社のページ');
    await harness.page.go('back', 'service');
    await signUp({ service: 'tsubaki-credit' });
    expect(shown('signed-up').service).toBe('つばきクレジット');
  });

  test('no entry without a card; the card taken off in the middle leaves nothing for the next person', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh') });
    await typeField(harness.page, sakuraAccount(9));
    const entered = harness.page.seen.length;
    await harness.leave();
    await walkToEntry(harness.page, { lay: lay('fresh-2') });
    expect(shown('entry')).toMatchObject({ text: '', index: 0 });
    const after = JSON.stringify(harness.page.seen.slice(entered + 1).filter(({ screen }) => screen.name !== 'entry'));
    expect(after).not.toContain(sakuraAccount(9));
  });

  test('helper mode reads back twice, and says so in what is signed', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh'), helped: true });
    await typeFields(harness.page, [sakuraAccount(1), '1234']);
    expect(shown('read-back')).toMatchObject({ page: 1, content: { helped: true } });
    await harness.page.go('confirm', 'hand-over');
    await harness.page.go('next', 'read-back');
    expect(shown('read-back').page).toBe(2);
  });

  test('a wrong check digit is told at once, and nothing goes on', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh') });
    const wrong = sakuraAccount(1).slice(0, -1) + String((Number(sakuraAccount(1).at(-1)) + 1) % 10);
    await typeField(harness.page, wrong);
    expect(shown('entry')).toMatchObject({ index: 0, problem: 'check-digit', text: wrong });
  });

  test('a scan fills account and codes at once; garbage, a URL and another service are told apart', async () => {
    await start();
    await walkToEntry(harness.page, { lay: lay('fresh'), service: 'mint-pay', on: 'purchase' });
    const scan = (text: string) => harness.page.send({ type: 'scanned', step: harness.page.now.step, text });
    for (const [text, problem] of [
      ['\u0000\u202e🍣', 'scan-garbage'],
      ['https://evil.example/', 'scan-url'],
      [sakuraAccount(1), 'other-service'],
      ["'; DROP TABLE links; --", 'scan-garbage'],
      ['mintpay:<b>:1', 'charset'],
    ] as const) {
      scan(text);
      await harness.page.until(({ screen }) => screen.name === 'entry' && screen.problem === problem);
    }
    scan('mintpay:ABCDEF123456:654321');
    await harness.page.see('read-back');
    const { content } = shown('read-back');
    expect(content.kind === 'sign-up' && content.fields.map(({ text }) => text)).toEqual(['ABCDEF123456', '654321']);
  });

  /** Time passes, in steps that are shorter than a request may take. */
  const untilLine = async (line: 'online' | 'offline') => {
    while (harness.page.now.line !== line) {
      harness.clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Types a slip's number at the counter. */
  const findReceipt = async (receipt: string) => {
    await harness.page.see('attract', 'goodbye');
    await harness.page.go('start', 'menu');
    await harness.page.go('receipt-lookup', 'receipt-find');
    const { step } = harness.page.now;
    for (const key of receipt) harness.page.send({ type: 'type', step, key });
    harness.page.send({ type: 'type-edit', step, edit: 'ok' });
    await harness.page.see('receipt-state');
  };
  const CUT = { type: 'drop-request', on: ['batches', 'status', 'challenges'] } as const;

  test('offline: received; the slip’s number takes it back before it is sent, and only once', async () => {
    await start();
    await harness.page.see('attract');
    harness.platform.faults({ ...CUT, on: [...CUT.on] });
    await untilLine('offline');
    await walkToEntry(harness.page, { lay: lay('fresh') });
    await typeFields(harness.page, [sakuraAccount(1), '1234']);
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('delivering', 'received');
    harness.clock.advance(8000);
    await harness.page.see('received');
    const { receipt } = shown('received');
    await harness.leave();
    await findReceipt(receipt);
    expect(shown('receipt-state')).toMatchObject({ kind: 'sign-up', state: 'waiting', receipt });
    await harness.page.go('cancel-it', 'receipt-cancel');
    await harness.page.go('cancel-it', 'receipt-cancelled');
    expect(shown('receipt-cancelled')).toMatchObject({ cancelled: true });
    await harness.page.go('done', 'attract', 'goodbye', 'menu');
    if (harness.page.now.screen.name === 'menu') await harness.page.go('home', 'attract', 'goodbye');
    await findReceipt(receipt);
    expect(shown('receipt-state')).toMatchObject({ state: 'cancelled' });
    const { step } = harness.page.now;
    harness.page.press('cancel-it');
    await harness.page.go('done', 'attract', 'goodbye', 'menu');
    expect(harness.page.seen.filter((seen) => seen.step > step).map(({ screen }) => screen.name)).not.toContain('receipt-cancel');
    // The line comes back, and there is nothing to send.
    await harness.platform.clearFaults();
    await untilLine('online');
    expect(harness.waiting()).toBe(0);
    expect(harness.platform.summary()).toMatchObject({ accepted: 0, refused: 0 });
    expect(harness.requests.filter(({ path }) => path === '/v1/batches')).toEqual([]);
  });

  test('the line breaks while it is sent: received, and no longer to be taken back, because nobody knows whether it arrived', async () => {
    await start();
    await harness.page.see('attract');
    harness.platform.faults({ ...CUT, on: [...CUT.on] });
    await walkToEntry(harness.page, { lay: lay('fresh') });
    await typeFields(harness.page, [sakuraAccount(1), '1234']);
    const { content } = shown('read-back');
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('delivering');
    harness.clock.advance(8000);
    await harness.page.see('received');
    expect(harness.waiting()).toBe(1);
    await harness.leave();
    await findReceipt(content.receipt);
    expect(shown('receipt-state')).toMatchObject({ kind: 'sign-up', state: 'sent', receipt: content.receipt });
  });

  test('status after a sign-up; without a line it says so', async () => {
    await start();
    await signUp();
    await harness.leave();
    const ask = async () => {
      await harness.page.go('start', 'menu');
      await harness.page.go('status', 'insert-card');
      lay('fresh')();
      await harness.page.see('read-back');
      await confirmReadBack(harness.page);
      harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
      return harness.page.see('status', 'status-offline', 'refused');
    };
    expect((await ask()).screen).toMatchObject({ name: 'status', status: { cap: 5000, linked: { on: 'charge' } } });
    expect(harness.waiting()).toBe(0);
    await harness.leave();
    harness.platform.faults({ type: 'drop-request', on: ['questions'] });
    expect((await ask()).screen.name).toBe('status-offline');
    expect(harness.waiting()).toBe(0);
  });

  /** From the read-back of an act that somebody helps with: said so, read once more by the holder, and signed. */
  const readTwice = async () => {
    await harness.page.see('read-back');
    expect(shown('read-back')).toMatchObject({ page: 1, content: { helped: true } });
    await harness.page.go('confirm', 'hand-over');
    await harness.page.go('next', 'read-back');
    expect(shown('read-back').page).toBe(2);
    await harness.page.go('confirm', 'pin');
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
  };

  test('set-up with somebody’s help: who typed is asked, read back twice, and signed', async () => {
    await start();
    await harness.page.see('attract');
    for (const [button, screen] of [
      ['start', 'menu'],
      ['set-up', 'about-set-up'],
      ['next', 'whose-card'],
      ['self', 'who-types'],
      ['helper', 'terms'],
      ['agree', 'terms'],
      ['agree', 'insert-card'],
    ] as const)
      await harness.page.go(button, screen);
    lay('fresh')();
    await readTwice();
    await harness.page.see('issued');
    expect(harness.platform.submissions().at(-1)?.content).toMatchObject({ kind: 'set-up', helped: true });
  });

  test('municipal points go to the service that was signed up with; somebody may help', async () => {
    await start();
    await signUp();
    await harness.leave();
    await harness.page.go('start', 'menu');
    await harness.page.go('municipal', 'policies');
    harness.page.send({ type: 'choose', step: harness.page.now.step, id: '990202-health' });
    await harness.page.see('policy');
    await harness.page.go('next', 'policy-question');
    await harness.page.go('yes', 'policy-question');
    await harness.page.go('no', 'policy-not-for-you');
    await harness.page.go('back', 'policy-question');
    await harness.page.go('yes', 'whose-card');
    await harness.page.go('self', 'who-types');
    await harness.page.go('helper', 'terms');
    while (harness.page.now.screen.name === 'terms') await harness.page.go('agree', 'terms', 'insert-card');
    lay('fresh')();
    await readTwice();
    await harness.page.see('municipal-granted');
    expect(shown('municipal-granted')).toMatchObject({ amount: 1000 });
    expect(harness.platform.submissions().at(-1)?.content).toMatchObject({ kind: 'municipal', helped: true });
  });

  test.each<[string, () => Promise<void>]>([
    [
      'received',
      async () => {
        harness.platform.faults({ type: 'retry-items', afterMs: 60_000, times: 1 });
        await walkToEntry(harness.page, { lay: lay('fresh') });
        await typeFields(harness.page, [sakuraAccount(1), '1234']);
        await confirmReadBack(harness.page);
        harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
        await harness.page.see('delivering');
        harness.clock.advance(30_000);
        await harness.page.see('received');
      },
    ],
    [
      'refused',
      async () => {
        harness.platform.faults({ type: 'certificate-unknown', times: 1 });
        await signUp();
      },
    ],
    [
      'already-signed-up',
      async () => {
        await signUp();
        await harness.leave();
        await signUp({ fields: [sakuraAccount(2), '1234'] });
      },
    ],
  ])('family run goes on from %s: the next person finds the service chosen', async (screen, arrive) => {
    await start();
    await arrive();
    expect(harness.page.now.screen.name).toBe(screen);
    await harness.page.go('next-person', 'take-card');
    harness.reader.remove();
    await harness.page.see('about-sign-up');
    expect(shown('about-sign-up').family).toContain('さくら坂');
  });

  test.each([
    ['childbirth', '990202-childbirth', 10_000],
    ['migration', '990202-migration', 20_000],
    ['taxi', '990202-taxi', 3000],
    ['elderly', '990101-elderly', 5000],
    ['health', '990202-health', 1000],
  ] as const)('municipal points for %s, from its questions to what is granted', async (purpose, id, amount) => {
    const policy = sampleCatalogue().policies.find((one) => one.id === id);
    if (policy === undefined) throw new Error(id);
    expect(policy.purpose).toBe(purpose);
    await start();
    await signUp();
    await harness.leave();
    await walkToMunicipal(harness.page, policy, lay('fresh'));
    expect(shown('read-back')).toMatchObject({ content: { kind: 'municipal', policy: policy.title.ja, amount } });
    await confirmReadBack(harness.page);
    harness.page.enterPin(personOf(harness.pki, 'fresh').pin);
    await harness.page.see('municipal-granted');
    expect(shown('municipal-granted')).toMatchObject({ amount });
    expect(harness.platform.submissions().at(-1)?.content).toMatchObject({
      kind: 'municipal',
      policy: { id },
      answers: policy.questions.map((question) => ({ question: question.id, answer: question.wanted })),
    });
  });

  test('for somebody else, by who represents them: said on the read-back, and signed', async () => {
    await start();
    expect((await signUp({ whose: 'represented' })).screen.name).toBe('signed-up');
    expect(harness.page.seen.find(({ screen }) => screen.name === 'read-back')?.screen).toMatchObject({
      content: { whose: 'represented' },
    });
    expect(harness.platform.submissions()[0]?.content).toMatchObject({ whose: 'represented' });
  });

  test('family run: the next person finds the service chosen; the same account is told at once', async () => {
    await start();
    await signUp();
    await harness.page.go('next-person', 'take-card');
    harness.reader.remove();
    await harness.page.see('about-sign-up');
    expect(shown('about-sign-up').family).toContain('さくら坂');
    await harness.page.go('next', 'service');
    await walkToEntry(harness.page, { lay: lay('fresh-2') });
    await typeField(harness.page, sakuraAccount(1));
    await harness.page.until(({ screen }) => screen.name === 'entry' && screen.index === 1);
    await harness.page.go('back', 'entry');
    expect(shown('entry')).toMatchObject({ index: 0, usedByFamily: true });
    await harness.leave();
    // The run is over: nobody after it hears of it.
    await walkToService(harness.page, 'sakura-prepaid');
    await walkToEntry(harness.page, { lay: lay('fresh-2') });
    await typeField(harness.page, sakuraAccount(1));
    await harness.page.go('back', 'entry');
    expect(shown('entry').usedByFamily).toBe(false);
  });
});
