import { afterEach, expect, test } from 'vitest';
import { checkDigitOf } from '../../main/core/catalogue/check-digit.ts';
import { belongs } from '../../main/core/catalogue/field-check.ts';
import { personOf } from '../sandbox/pki/index.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { AKARI, contactOf } from '../support/applicants.ts';
import { scan, typeOver } from '../support/application-walk.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { NASTY } from '../support/nasty.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';
import { confirmReadBack, typeField, typeFields, walkToEntry } from '../support/sign-up-walk.ts';

let harness: CoreHarness;
afterEach(() => harness.close());

/** Every intent that carries text, with this text in each of its places. */
function intentsWith(text: string): { readonly type: string; readonly [part: string]: unknown }[] {
  const filters = ['category', 'row', 'keyword', 'on', 'minors', 'noPhone', text].map((name) => ({ [name]: text }));
  return [
    { type: 'type', key: text },
    { type: 'type-edit', edit: text },
    { type: 'scanned', text },
    { type: 'choose', id: text },
    { type: 'press', button: text },
    { type: 'pin-edit', edit: text },
    { type: 'pin-key', position: text },
    { type: 'prefs', prefs: { language: text } },
    { type: text },
    ...filters.map((filter) => ({ type: 'find', filter })),
  ];
}

/** The same in the messages that carry a picture, or ask for one. */
const picturesWith = (text: string, step: number): unknown[] => [
  { type: 'photo', step, jpeg: text, hints: [] },
  { type: 'photo', step, jpeg: Buffer.from(text.repeat(200)).toString('base64'), hints: [text] },
  { type: 'photo', step, jpeg: Buffer.from(text.repeat(200)).toString('base64'), hints: [] },
  { type: 'want-photo', shot: text },
  { type: text, shot: 1 },
];

/** Something harmless behind it all: when this has been answered, everything before it has. */
async function settled(): Promise<void> {
  const { textSize } = harness.page.now.prefs;
  harness.page.send({ type: 'prefs', prefs: { textSize: textSize === 2 ? 1 : 2 } });
  await harness.page.until(({ prefs }) => prefs.textSize !== textSize);
}

/** Sends all of it, each at the step that is up then: a scan that is no use is told on a step of its own. */
async function pelt(): Promise<void> {
  for (const text of NASTY) {
    for (const intent of intentsWith(text)) {
      harness.page.sendText(JSON.stringify({ type: 'intent', intent: { ...intent, step: harness.page.now.step } }));
      if (intent.type === 'scanned') await settled();
    }
    for (const message of picturesWith(text, harness.page.now.step)) harness.page.sendText(JSON.stringify(message));
    await settled();
  }
}

const lay = (card: 'fresh' | 'fresh-2' = 'fresh') =>
  void harness.reader.insert(loggedCard(createVirtualCard(card, harness.pki), 'nasty-port'));

/** No text of it came back: neither on a screen nor in the log. What an entry took of it is no longer than a field. */
function nothingToldOf(): void {
  const told = JSON.stringify([harness.page.seen, harness.lines]);
  for (const text of NASTY.filter((each) => each.length > 8)) expect(told).not.toContain(JSON.stringify(text).slice(1, -1));
}

test('every text that a page can send, in every place, on every screen of a sign-up: nothing is lost, nothing is believed', async () => {
  harness = await createHarness({ name: 'nasty-port' });
  const { page } = harness;
  await page.see('attract');
  await pelt();
  await page.go('start', 'menu');
  await pelt();
  await page.go('sign-up', 'about-sign-up');
  await pelt();
  expect(page.now.screen).toMatchObject({ name: 'about-sign-up', scanProblem: 'scan-garbage' });
  await page.go('next', 'finder');
  await pelt();
  await page.see('finder');
  page.send({ type: 'press', step: page.now.step, button: 'type' });
  await page.until(({ screen }) => screen.name === 'finder' && screen.typing);
  await pelt();
  for (const text of NASTY) {
    for (const key of [...text].slice(0, 40)) page.send({ type: 'type', step: page.now.step, key });
    await settled();
  }
  // The keyword holds letters and digits, and no more of them than it can.
  expect(page.now.screen).toMatchObject({ name: 'finder', filter: { keyword: expect.stringMatching(/^[\p{L}\p{N}]{1,20}$/u) } });
  page.send({ type: 'type-edit', step: page.now.step, edit: 'clear' });
  page.send({ type: 'type-edit', step: page.now.step, edit: 'ok' });
  await page.until(({ screen }) => screen.name === 'finder' && !screen.typing);
  page.send({ type: 'choose', step: page.now.step, id: 'sakura-prepaid' });
  await page.see('service');
  await pelt();
  await walkToEntry(page, { lay });
  await pelt();
  // Wherever a scan said what is wrong with it, the field itself is as it was; of all keys, "-0" is a zero with a hyphen before it.
  expect(page.now.screen).toMatchObject({ name: 'entry', index: 0, text: '0', problem: 'scan-garbage' });
  await typeFields(page, [sakuraAccount(1), '1234']);
  await pelt();
  expect(page.now.screen).toMatchObject({
    name: 'read-back',
    content: { fields: [{ text: sakuraAccount(1) }, { text: '1234' }] },
  });
  await confirmReadBack(page);
  await pelt();
  page.enterPin(personOf(harness.pki, 'fresh').pin);
  await page.see('signed-up');
  await pelt();
  expect(harness.platform.links()).toHaveLength(1);
  nothingToldOf();
});

test('the same on municipal points and on the receipt number', async () => {
  harness = await createHarness({ name: 'nasty-port' });
  const { page } = harness;
  await page.see('attract');
  await page.go('start', 'menu');
  await page.go('municipal', 'policies');
  await pelt();
  page.send({ type: 'choose', step: page.now.step, id: '990202-health' });
  await page.see('policy');
  await pelt();
  await page.go('next', 'policy-question');
  await pelt();
  expect(page.now.screen).toMatchObject({ name: 'policy-question', index: 0 });
  await page.go('yes', 'policy-question');
  await page.go('yes', 'whose-card');
  await pelt();
  await page.go('home', 'attract', 'goodbye');
  await page.go('start', 'menu');
  await page.go('receipt-lookup', 'receipt-find');
  await pelt();
  expect(page.now.screen).toMatchObject({ name: 'receipt-find', text: '', problem: 'scan-garbage' });
  for (const text of NASTY) {
    page.send({ type: 'type-edit', step: page.now.step, edit: 'clear' });
    for (const key of [...text].slice(0, 40)) page.send({ type: 'type', step: page.now.step, key });
    page.send({ type: 'type-edit', step: page.now.step, edit: 'ok' });
    await settled();
    // A receipt number of somebody's would have been found: ten digits with their check digit, and nothing else.
    expect(page.now.screen).toMatchObject({
      name: 'receipt-find',
      text: expect.stringMatching(/^[0-9]{0,10}$/),
      problem: expect.stringMatching(/^(?:check-digit|unknown)$/),
    });
  }
  nothingToldOf();
  expect(harness.platform.summary()).toMatchObject({ accepted: 0, refused: 0 });
});

/** A service for each charset, what comes before the field in question, and what the field may hold. */
const fields = [
  { charset: 'digits', service: 'sakura-prepaid', on: 'charge', before: [], holds: /^[0-9]{0,17}$/ },
  { charset: 'upper-digits', service: 'mint-pay', on: 'purchase', before: [], holds: /^[0-9A-Z]{0,13}$/ },
  { charset: 'alphanumeric', service: 'rindo-prepaid', on: 'charge', before: [], holds: /^[0-9A-Za-z]{0,11}$/ },
  {
    charset: 'kana',
    service: 'wakaba-debit',
    on: 'purchase',
    before: [`12345678${checkDigitOf('12345678', 'mod-11')}`],
    holds: /^[ァ-ヴー]{0,21}$/,
  },
] as const;

test.each(fields)(
  '$charset: typed sign by sign, what does not belong is told at once, and one too many is shown',
  async (field) => {
    harness = await createHarness({ name: 'nasty-port' });
    const { page } = harness;
    await page.see('attract');
    await walkToEntry(page, { lay, service: field.service, on: field.on });
    for (const text of field.before) await typeField(page, text);
    const index = field.before.length;
    await pelt();
    const said = new Set<unknown>();
    for (const text of NASTY) {
      page.send({ type: 'type-edit', step: page.now.step, edit: 'clear' });
      for (const key of [...text].slice(0, 40)) {
        page.send({ type: 'type', step: page.now.step, key });
        await settled();
        const { screen } = page.now;
        if (screen.name !== 'entry') throw new Error(screen.name);
        expect(screen).toMatchObject({ charset: field.charset, index, text: expect.stringMatching(field.holds) });
        if (!belongs(key, field.charset)) expect([text, screen.problem]).toEqual([text, 'charset']);
        said.add(screen.problem);
      }
    }
    page.send({ type: 'type-edit', step: page.now.step, edit: 'clear' });
    const one = field.charset === 'kana' ? 'ア' : '1';
    for (let n = 0; n < 40; n++) page.send({ type: 'type', step: page.now.step, key: one });
    await settled();
    // Where the first signs are given, it is those that are wrong.
    expect(page.now.screen).toMatchObject({ problem: field.charset === 'digits' ? 'prefix' : 'too-long' });
    expect([...said]).toContain('charset');
    nothingToldOf();
  },
);

test('the same on every screen of a card application', async () => {
  harness = await createHarness({ name: 'nasty-port' });
  const { page } = harness;
  await page.see('attract');
  await page.go('start', 'menu');
  await page.go('card-application', 'about-application');
  await pelt();
  await page.go('next', 'form-read');
  await pelt();
  // Digits among it were typed; a whole form was not.
  expect(page.now.screen.name).toBe('form-read');
  scan(page, AKARI.form);
  await page.see('form-moved');
  await pelt();
  await page.go('no', 'contact-kind');
  await pelt();
  await page.go('email', 'contact-entry');
  await pelt();
  typeOver(page, AKARI.email);
  await page.see('certificates');
  await pelt();
  await page.go('next', 'braille');
  await page.go('no', 'photo-prepare');
  await page.go('next', 'photo');
  await pelt();
  expect(page.now.screen).toMatchObject({ name: 'photo', shots: 0 });
  page.sendPhoto(AKARI.photo());
  await page.see('photo-review');
  await pelt();
  await page.go('use', 'application-read-back');
  await pelt();
  await page.go('confirm', 'form-again');
  await pelt();
  expect(page.now.screen.name).toBe('form-again');
  scan(page, AKARI.form);
  await page.see('application-accepted');
  expect(harness.platform.submissions()).toMatchObject([
    { outcome: 'accepted', content: { form: AKARI.form, contact: contactOf(AKARI, 'email'), hints: [] } },
  ]);
  const told = JSON.stringify([page.seen, harness.lines]);
  for (const text of NASTY.filter((each) => each.length > 8)) expect(told).not.toContain(JSON.stringify(text).slice(1, -1));
});
