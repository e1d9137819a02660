import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'vite';
import { PublicLanguage, traitsOf } from '../../main/contract/languages.ts';
import { Snapshot } from '../../main/contract/page-protocol.ts';
import { Screen } from '../../main/contract/screens.ts';
import { commandArguments } from '../support/command-arguments.ts';
import { type Box, buttonsThatMoved, faultsOf, type Look, lookAt } from './look.ts';
import { type HarnessPage, LAYOUTS, type LayoutName, openHarness, ROOT } from './page-harness.ts';
import { SAMPLES, type Sample, WISHES, withWish } from './samples.ts';

/**
 * Every sample, as everybody may see it, is measured (look.ts), every page of it; axe-core reads it as it comes and in high contrast.
 * Prints each fault, then the counts, and ends with code 1 when there is a fault or nothing was looked at.
 */
const { values } = await commandArguments(
  'campaign:screens',
  {
    options: {
      only: { type: 'string', default: '' },
      layout: { type: 'string', default: '' },
      language: { type: 'string', default: '' },
      /**
       * Every sample in every layout, in one of the languages, and in one layout in one of the hardest ways. axe reads every screen once. For everyday runs.
       */
      slice: { type: 'boolean', default: false },
    },
  },
  { words: { layout: Object.keys(LAYOUTS), language: PublicLanguage.options } },
);
/** Of the wishes: what has the largest words, with readings and without, and high contrast. */
const HARDEST: Record<'readings' | 'plain', readonly Wish[]> = {
  readings: ['contrast', 'ruby-size-3', 'low-size-3-ruby'],
  plain: ['contrast', 'size-3', 'low-size-3'],
};
/** Pages of the browser that work side by side. */
const AT_ONCE = 3;
/** Buttons stand where they stood, however large the words are. */
const COMPARED = [
  ['', 'size-2'],
  ['', 'size-3'],
  ['', 'ruby'],
  ['', 'ruby-size-3'],
  ['low', 'low-size-3'],
] as const;
/** Screens that may need a second page at the normal text size. With larger words any screen may. */
const LONG =
  /^(terms-|issued|received|accepted|parked|refused|receipt-state|saved-for-later|card-problem|pre-registration|check-result-|read-back|service|polic|status|about-sign-up|about-application|signed-up|already-signed-up|application-read-back|application-status-returned-all|application-accepted|certificates|.*-no-paper)/;

const faults: string[] = [];
// The samples are what the core may send, and every screen of the contract is among them.
for (const { name, snapshot } of SAMPLES) {
  for (const language of PublicLanguage.options) {
    if (!Snapshot.safeParse({ ...snapshot(language), step: 1 }).success) faults.push(`${name} (${language}) breaks the contract`);
  }
}
const shown = new Set(SAMPLES.map(({ snapshot }) => snapshot('ja').screen.name));
for (const { shape } of Screen.options) {
  if (!shown.has(shape.name.value)) faults.push(`the screen ${shape.name.value} has no sample`);
}

await build({ configFile: join(ROOT, 'renderer/vite.config.ts'), logLevel: 'warn' });
const harness = await openHarness();
const count = { views: 0, wanted: 0, pages: 0, forAxe: 0, byAxe: 0 };

/** Screens that axe has read. */
const read = new Set<string>();
async function readByAxe(page: HarnessPage, where: string, screen: string): Promise<void> {
  count.forAxe += 1;
  if (values.slice && read.has(screen)) return;
  read.add(screen);
  const { violations } = await new AxeBuilder({ page: page.page }).analyze();
  count.byAxe += 1;
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical')
      faults.push(`${where}: axe ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
}

/** In the page: which of the pages is shown, in its words. */
const pageShown = () => document.querySelector('[data-page="next"]')?.parentElement?.querySelector('.where')?.textContent ?? null;

/** Turns through the further pages of what is on the screen. What must be read first shows its primary button on the last, not before. */
async function turnPages(page: HarnessPage, where: string, first: Look, look: () => Promise<Look>): Promise<void> {
  const readFirst = first.primaries.some(({ name }) => name.startsWith('read-on'));
  for (let at = 2; at <= first.pages; at += 1) {
    const next = page.page.locator('[data-page="next"]');
    if ((await next.count()) === 0) {
      faults.push(`${where}: ${first.pages} pages were measured, and then there was no button to turn them`);
      return;
    }
    const before = await page.page.evaluate(pageShown);
    // As an assistive tool does it.
    await next.dispatchEvent('click');
    for (let waited = 0; waited < 100 && (await page.page.evaluate(pageShown)) === before; waited += 1) await sleep(20);
    const there = await look();
    const waits = there.primaries.some(({ name }) => name.startsWith('read-on'));
    if (readFirst && waits !== at < first.pages)
      faults.push(`${where}: on page ${at} of ${first.pages} the primary button is wrong`);
  }
}

type Wish = keyof typeof WISHES;

interface Ways {
  readonly usual: boolean;
  readonly wishes: readonly Wish[];
}

/** How one sample is drawn where only a slice is looked at. Samples take turns: in languages, in the layout that is also drawn the hard way, in what is hard. */
function sliceOf(at: number, layout: LayoutName, language: PublicLanguage): Ways {
  const layouts = Object.keys(LAYOUTS);
  const turn = at + layouts.indexOf(layout);
  const hard = HARDEST[traitsOf(language).readings ? 'readings' : 'plain'];
  const wish = hard[Math.floor(at / layouts.length) % hard.length];
  if (PublicLanguage.options[turn % PublicLanguage.options.length] !== language) return { usual: false, wishes: [] };
  if (turn % layouts.length !== 0 || wish === undefined) return { usual: true, wishes: [] };
  // Drawn the usual way as well where it is told by that which buttons move.
  return { usual: COMPARED.some(([small, large]) => small === '' && large === wish), wishes: [wish] };
}

/** @param at its place among all samples */
async function checkSample(
  page: HarnessPage,
  sample: Sample,
  layout: LayoutName,
  language: PublicLanguage,
  at: number,
): Promise<void> {
  const all = (Object.keys(WISHES) as Wish[]).filter((wish) => !wish.includes('ruby') || language === 'ja');
  count.wanted += 1 + all.length;
  const { usual, wishes } = values.slice ? sliceOf(at, layout, language) : { usual: true, wishes: all };
  const views = new Map<string, Box[]>();
  const view = async (which: Sample, wish: Wish | null) => {
    const where = `${layout} ${language} ${which.name}`;
    const low = wish?.startsWith('low') === true;
    const paged = LONG.test(sample.name) || (wish !== null && /size|ruby|low/.test(wish));
    const look = async () => {
      const seen = await page.page.evaluate(lookAt);
      count.pages += 1;
      for (const fault of faultsOf(seen, { layout, low, paged })) faults.push(`${where}: ${fault}`);
      return seen;
    };
    await page.show(which.snapshot(language));
    count.views += 1;
    const first = await look();
    views.set(which.name, first.buttons);
    if (wish === null || wish === 'contrast') await readByAxe(page, where, sample.snapshot(language).screen.name);
    if (first.pages > 1) await turnPages(page, where, first, look);
  };
  if (usual) await view(sample, null);
  for (const wish of wishes) await view(withWish(sample, wish), wish);
  const of = (wish: string) => views.get(wish === '' ? sample.name : `${sample.name}+${wish}`) ?? [];
  for (const [small, large] of COMPARED) {
    if (large.startsWith('ruby') && language !== 'ja') continue;
    for (const name of buttonsThatMoved(of(small), of(large)))
      faults.push(`${layout} ${language} ${sample.name}: ${name} moves with ${large}`);
  }
}

const rounds = (Object.keys(LAYOUTS) as LayoutName[])
  .flatMap((layout) => PublicLanguage.options.map((language) => ({ layout, language })))
  .filter(
    ({ layout, language }) =>
      (values.layout === '' || values.layout === layout) && (values.language === '' || values.language === language),
  );
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
      const { layout, language } = round;
      const page = await harness.open(layout, language);
      for (const [at, sample] of SAMPLES.entries()) {
        if (values.only.split(',').some((part) => sample.name.includes(part)))
          await checkSample(page, sample, layout, language, at);
      }
      for (const complaint of new Set(page.complaints)) faults.push(`${layout} ${language}: the page complained: ${complaint}`);
      await page.close();
    }
  }),
);
await harness.close();
if (count.views === 0) faults.push('nothing was looked at');
const told = [...new Set(faults)];
for (const fault of told) process.stdout.write(`${fault}\n`);
process.stdout.write(
  `${SAMPLES.length} samples; ${count.views} of ${count.wanted} views measured, ${count.pages} pages; ${count.byAxe} of ${count.forAxe} views read by axe; ${told.length} faults\n`,
);
process.exitCode = told.length === 0 ? 0 : 1;
