import { afterEach, expect, test } from 'vitest';
import { personOf } from '../sandbox/pki/index.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { AKARI, contactOf } from '../support/applicants.ts';
import { scan, typeOver } from '../support/application-walk.ts';
import { type CoreBench, createBench } from '../support/core-bench.ts';
import { loggedCard } from '../support/logged-card.ts';
import { NASTY } from '../support/nasty.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';
import { confirmReadBack, typeFields, walkToEntry } from '../support/sign-up-walk.ts';

let bench: CoreBench;
afterEach(() => bench.close());

/** Every intent that carries text, with this text in each of its places. */
function intentsWith(text: string, step: number): unknown[] {
  const filters = ['category', 'row', 'keyword', 'on', 'minors', 'noPhone', text].map((name) => ({ [name]: text }));
  return [
    { type: 'type', step, key: text },
    { type: 'type-edit', step, edit: text },
    { type: 'scanned', step, text },
    { type: 'choose', step, id: text },
    { type: 'press', step, button: text },
    { type: 'pin-edit', step, edit: text },
    { type: 'pin-key', step, position: text },
    { type: 'prefs', prefs: { language: text } },
    { type: text, step },
    ...filters.map((filter) => ({ type: 'find', step, filter })),
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

/** Sends all of it at the step that is up; what is typed afterwards is read before and after. */
async function pelt(): Promise<void> {
  for (const text of NASTY) {
    for (const intent of intentsWith(text, bench.page.now.step)) {
      bench.page.sendText(JSON.stringify({ type: 'intent', intent }));
    }
    for (const message of picturesWith(text, bench.page.now.step)) bench.page.sendText(JSON.stringify(message));
  }
  // Something harmless behind it all: when this has been answered, everything before it has.
  const { textSize } = bench.page.now.prefs;
  bench.page.send({ type: 'prefs', prefs: { textSize: textSize === 2 ? 1 : 2 } });
  await bench.page.until(({ prefs }) => prefs.textSize !== textSize);
}

test('every text that a page can send, in every place, on every screen of a sign-up: nothing is lost, nothing is believed', async () => {
  bench = await createBench({ name: 'nasty-port' });
  const lay = () => bench.reader.insert(loggedCard(createVirtualCard('fresh', bench.pki), 'nasty-port'));
  await bench.page.see('attract');
  await pelt();
  await bench.page.go('start', 'menu');
  await pelt();
  await bench.page.go('sign-up', 'about-sign-up');
  await pelt();
  await bench.page.go('next', 'finder');
  await pelt();
  await bench.page.see('finder');
  bench.page.send({ type: 'press', step: bench.page.now.step, button: 'clear' });
  bench.page.send({ type: 'choose', step: bench.page.now.step, id: 'sakura-prepaid' });
  await bench.page.see('service');
  await pelt();
  await walkToEntry(bench.page, { lay });
  await pelt();
  // Wherever a scan said what is wrong with it, the field itself is as it was.
  expect(bench.page.now.screen).toMatchObject({ name: 'entry', index: 0 });
  await typeFields(bench.page, [sakuraAccount(1), '1234']);
  await pelt();
  expect(bench.page.now.screen).toMatchObject({
    name: 'read-back',
    content: { fields: [{ text: sakuraAccount(1) }, { text: '1234' }] },
  });
  await confirmReadBack(bench.page);
  await pelt();
  bench.page.enterPin(personOf(bench.pki, 'fresh').pin);
  await bench.page.see('signed-up');
  await pelt();
  expect(bench.platform.links()).toHaveLength(1);
  // No text of it came back: neither on a screen nor in the log. A keyword is letters and digits, and may.
  const told = JSON.stringify([bench.page.seen, bench.lines]);
  for (const text of NASTY.filter((each) => each.length > 8)) expect(told).not.toContain(JSON.stringify(text).slice(1, -1));
});

test('the same on every screen of a card application', async () => {
  bench = await createBench({ name: 'nasty-port' });
  const { page } = bench;
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
  expect(bench.platform.submissions()).toMatchObject([
    { outcome: 'accepted', content: { form: AKARI.form, contact: contactOf(AKARI, 'email'), hints: [] } },
  ]);
  const told = JSON.stringify([page.seen, bench.lines]);
  for (const text of NASTY.filter((each) => each.length > 8)) expect(told).not.toContain(JSON.stringify(text).slice(1, -1));
});
