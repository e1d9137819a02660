import { type Browser, chromium, type Page } from '@playwright/test';
import { filmArguments, filmOfFace } from '../support/drawn-video.ts';
import { dropFolders, newFolder } from './folders.ts';
import { median } from './rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow, type Part } from './row.ts';
import { buildEmpty } from './screen/empty/build.ts';
import { serveFolder } from './screen/empty/serve-folder.ts';
import { startDemo } from './tap/kiosk.ts';
import { markTaps } from './tap/marks.ts';
import { createPerson, JOURNEYS } from './tap/person.ts';
import { percentile, summary } from './tap/summary.ts';
import { touch } from './tap/touch.ts';
import { type Transition, transitionsOf } from './tap/transitions.ts';

/** From a touch to the next painted screen: the real core, a virtual card and the real page in Chromium, every journey to its end. */
const VIEW = { width: 1080, height: 1920 };
const CATEGORIES = ['blink.user_timing', 'devtools.timeline'];
const EMPTY_TAPS = 30;
const BETWEEN_TAPS_MS = 150;
/** Counts down three seconds before it goes on. */
const COUNTS_DOWN = 'photo';
const P95_MS = 50;
const P99_MS = 80;

async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<Transition[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  return transitionsOf(JSON.parse((await browser.stopTracing()).toString('utf8')));
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEW, hasTouch: true, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  await page.addInitScript(markTaps);
  return page;
}

/** The floor: a page that is one button and answers the same touch with a paint of all its surface. */
async function emptyTaps(browser: Browser, url: string): Promise<Transition[]> {
  const page = await newPage(browser);
  await page.goto(url);
  const taps = await traced(browser, page, async () => {
    for (let n = 0; n < EMPTY_TAPS; n++) {
      await touch(page, page.locator('button'));
      await page.waitForTimeout(BETWEEN_TAPS_MS);
    }
  });
  await page.context().close();
  return taps;
}

async function journeys(browser: Browser, { only, say }: BenchOptions): Promise<Transition[]> {
  const demo = await startDemo();
  const page = await newPage(browser);
  const found: Transition[] = [];
  try {
    await page.goto(demo.url);
    await page.locator('[data-screen="attract"]').waitFor();
    const person = createPerson(page, demo.sandbox);
    for (const journey of JOURNEYS) {
      if (only !== null && !only.split(',').includes(journey)) continue;
      const taps = (await traced(browser, page, () => person.go(journey))).filter(({ from }) => from !== COUNTS_DOWN);
      say(`tap: ${journey}: ${taps.map(({ from, to, total }) => `${from}>${to} ${total.toFixed(0)}`).join(', ')} ms`);
      found.push(...taps);
    }
  } finally {
    await page.context().close();
    await demo.stop();
  }
  return found;
}

export async function bench(options: BenchOptions): Promise<BenchRow[]> {
  const { page: empty } = await buildEmpty(newFolder('memory'));
  const floorPage = await serveFolder(empty);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', ...filmArguments(filmOfFace(`${newFolder('memory')}/face.y4m`))],
  });
  try {
    const rounds: { kiosk: Transition[]; floor: Transition[] }[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const before = await emptyTaps(browser, floorPage.url);
      const kiosk = await journeys(browser, options);
      rounds.push({ kiosk, floor: [...before, ...(await emptyTaps(browser, floorPage.url))] });
    }
    return await rowsOfRounds(rounds);
  } finally {
    await browser.close();
    floorPage.close();
    dropFolders();
  }
}

const totals = (list: readonly Transition[]) => list.map(({ total }) => total);

/** What the slowest twentieth spent its time on, beside the median of all. */
function why(all: readonly Transition[]): Part[] {
  const limit = percentile(totals(all), 95);
  const slow = all.filter(({ total }) => total >= limit).toSorted((a, b) => b.total - a.total);
  const parts = summary(all).map(({ part, value }) => ({ part: `median: ${part}`, value, unit: 'ms' }));
  return [
    ...parts,
    ...slow.slice(0, 6).map(({ from, to, total, answer, page, draw }) => ({
      part: `${from} > ${to}: answer ${answer.toFixed(0)}, page ${page.toFixed(0)}, draw ${draw.toFixed(0)}`,
      value: total,
      unit: 'ms',
    })),
  ];
}

async function rowsOfRounds(rounds: readonly { kiosk: Transition[]; floor: Transition[] }[]): Promise<BenchRow[]> {
  const all = rounds.flatMap(({ kiosk }) => kiosk);
  const kinds = new Set(all.map(({ from, to }) => `${from}>${to}`)).size;
  const rows: BenchRow[] = [];
  for (const [share, limit] of [
    [50, null],
    [95, P95_MS],
    [99, P99_MS],
  ] as const) {
    const values = rounds.map(({ kiosk }) => percentile(totals(kiosk), share));
    const value = percentile(totals(all), share);
    const floor = percentile(totals(rounds.flatMap((round) => round.floor)), share);
    const figure = {
      bench: 'tap',
      what: `touch to next painted screen, p${share} of ${all.length} touches at ${kinds} kinds of transition; floor: an empty page`,
      value,
      unit: 'ms',
      floor,
      ratio: value / floor,
      spread: [Math.min(...values), Math.max(...values)] as [number, number],
    };
    rows.push(await judgedRow(figure, limit === null ? null : atMost(limit, 'ms'), () => why(all)));
  }
  for (const { part, value } of summary(all)) {
    const floor = median(
      summary(rounds.flatMap((round) => round.floor)).flatMap((one) => (one.part === part ? [one.value] : [])),
    );
    const what = `of it, median: ${part}`;
    rows.push(await judgedRow({ bench: 'tap', what, value, unit: 'ms', floor, ratio: value / floor }, null, () => []));
  }
  return rows;
}
