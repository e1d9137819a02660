import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, test } from 'vitest';
import { Catalogue } from '../../main/contract/catalogue.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import { Frame } from '../../renderer/frame/frame.tsx';
import { personOf } from '../sandbox/pki/index.ts';
import { sampleCatalogue } from '../sandbox/platform/catalogue-publisher.ts';
import { type SandboxPrinter, startPrinter } from '../sandbox/printer/printer.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { walkToMunicipal } from '../support/municipal-walk.ts';
import { sakuraAccount } from '../support/sign-up-acts.ts';
import { confirmReadBack, typeFields, walkToEntry } from '../support/sign-up-walk.ts';

/** HTML, SQL, what templates of many kinds take for code, and a script that is written from the right. No sign of it is one of ours. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to stay as it is
const NAME = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'--;{{title}}$t(menu.title)${7*7}%s &amp; <b مرحبا';

/** Every name that somebody else writes into the catalogue. */
function hostile(): Catalogue {
  const name = { ja: NAME, en: NAME };
  const sample = sampleCatalogue();
  const services = sample.services.map((one) => ({
    ...one,
    name,
    account: { ...one.account, label: name },
    codes: one.codes.map((code) => ({ ...code, label: name })),
    terms: { ...one.terms, title: name, summary: { ja: [NAME], en: [NAME] }, paragraphs: { ja: [NAME], en: [NAME] } },
  }));
  const policies = sample.policies.map((one) => ({
    ...one,
    municipality: name,
    title: name,
    questions: one.questions.map((question) => ({ ...question, text: name })),
  }));
  return Catalogue.parse({ ...sample, measure: { ...sample.measure, name }, services, policies });
}

const draw = (snapshot: Snapshot) =>
  renderToStaticMarkup(createElement(Frame, { snapshot, connected: true, intend: () => {}, report: () => {} }));
/** What a person would read of a page or a picture. */
const readOf = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
/** Elements and attributes that only the name could have brought. */
const ALIVE = /<script|<img|<b[\s>]|onerror=alert\(2\)>/;

let harness: CoreHarness;
let printer: SandboxPrinter;
afterEach(async () => {
  await harness.close();
  await printer.close();
});

test('a service and a policy with the worst of names: on every screen and slip they are read as they stand, and do nothing', async () => {
  printer = await startPrinter({ folder: null });
  const set = ['printer.driver=sandbox', `printer.url=${printer.url}`];
  harness = await createHarness({ name: 'hostile-names', set, platform: { catalogue: hostile() } });
  const { page } = harness;
  const lay = () => void harness.reader.insert(loggedCard(createVirtualCard('fresh', harness.pki), 'hostile-names'));
  const { pin } = personOf(harness.pki, 'fresh');

  await walkToEntry(page, { lay });
  await typeFields(page, [sakuraAccount(1), '1234']);
  await confirmReadBack(page);
  page.enterPin(pin);
  await page.see('signed-up');
  page.press('print');
  await harness.until(() => printer.slips.length === 1);
  await harness.leave();

  const policy = hostile().policies.find(({ id }) => id === '990202-health');
  if (policy === undefined) throw new Error('no such policy');
  await walkToMunicipal(page, policy, lay);
  await confirmReadBack(page);
  page.enterPin(pin);
  await page.see('municipal-granted');

  const whole = new Set<string>();
  for (const snapshot of page.seen) {
    for (const language of ['ja', 'en'] as const) {
      const markup = draw({ ...snapshot, prefs: { ...snapshot.prefs, language, ruby: true } });
      expect(markup, snapshot.screen.name).not.toMatch(ALIVE);
      if (readOf(markup).includes(NAME)) whole.add(snapshot.screen.name);
    }
  }
  const named = ['finder', 'service', 'terms', 'entry', 'read-back', 'signed-up', 'policies', 'policy', 'policy-question'];
  expect([...whole]).toEqual(expect.arrayContaining([...named, 'municipal-granted']));
  // Paper has less room: the name is cut, as it stands; a picture of dots has nothing in it that could come alive.
  const printed = printer.slips[0];
  expect(printed?.text).toContain(NAME.slice(0, 40));
  for (const picture of Object.values(printed?.pictures ?? {}))
    expect(Buffer.from(picture).subarray(1, 4).toString('latin1')).toBe('PNG');
});
