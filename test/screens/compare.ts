import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { PublicLanguage } from '../../main/contract/languages.ts';
import { commandArguments } from '../support/command-arguments.ts';
import { type Drawn, drawnOn } from './drawn.ts';
import { LAYOUTS, type LayoutName, openHarness, ROOT } from './page-harness.ts';
import { SAMPLES, type WISHES, withWish } from './samples.ts';

/**
 * What a change of the styles does to every screen.
 *
 * `--take FOLDER` draws every sample in every way of WAYS and writes where each element lies and how it is drawn (and, with `--pictures`, a picture
 * of the ways in PICTURED). Without it, the folder `--before` is compared with what the page draws now: what differs is listed by element,
 * and the views that differ are put on a sheet, before, after and difference, those with most pixels changed first.
 */
const { values } = await commandArguments(
  'screens:compare',
  {
    options: {
      take: { type: 'string', default: '' },
      before: { type: 'string', default: '' },
      pictures: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      layout: { type: 'string', default: '' },
      /** Only these ways: `ja,ja+low`. */
      ways: { type: 'string', default: '' },
      /** Differences of place or size up to this many CSS px are left out. */
      within: { type: 'string', default: '2' },
    },
  },
  { words: { layout: Object.keys(LAYOUTS) }, numbers: ['within'] },
);

type Wish = keyof typeof WISHES;
interface Way {
  readonly language: PublicLanguage;
  readonly wish: Wish | null;
}
const nameOf = ({ language, wish }: Way) => (wish === null ? language : `${language}+${wish}`);
const WAYS: readonly Way[] = [
  { language: 'ja', wish: null },
  { language: 'ja', wish: 'size-3' },
  { language: 'ja', wish: 'low' },
  { language: 'ja', wish: 'ruby-size-3' },
  { language: 'ja', wish: 'low-size-3-ruby' },
  { language: 'ja', wish: 'contrast' },
  { language: 'en', wish: null },
  { language: 'en', wish: 'size-3' },
  { language: 'en', wish: 'low-size-3' },
];
const PICTURED = ['ja', 'ja+size-3', 'ja+low'];
/** Pages of the browser that work side by side. */
const AT_ONCE = 2;

interface View {
  readonly name: string;
  readonly drawn: readonly Drawn[];
}

const ways = WAYS.filter((way) => values.ways === '' || values.ways.split(',').includes(nameOf(way)));
const samples = SAMPLES.filter(({ name }) => values.only.split(',').some((part) => name.includes(part)));

/** Draws all views, one after another, and hands each to `use` while it is on the screen. */
async function drawAll(
  wanted: (name: string) => boolean,
  use: (view: View, page: Page, way: Way) => Promise<void>,
): Promise<void> {
  await build({ configFile: join(ROOT, 'renderer/vite.config.ts'), logLevel: 'warn' });
  const harness = await openHarness();
  const rounds = (Object.keys(LAYOUTS) as LayoutName[])
    .filter((layout) => values.layout === '' || layout === values.layout)
    .flatMap((layout) => PublicLanguage.options.map((language) => ({ layout, language })));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
        const { layout, language } = round;
        const mine = ways.filter((way) => way.language === language);
        if (mine.length === 0) continue;
        const page = await harness.open(layout, language);
        // The machine may have other work: it takes longer then, and that is all.
        page.page.setDefaultTimeout(0);
        for (const sample of samples) {
          for (const way of mine) {
            const shown = way.wish === null ? sample : withWish(sample, way.wish);
            const name = `${layout}-${language}-${shown.name}`;
            if (!wanted(name)) continue;
            await page.show(shown.snapshot(language));
            await use({ name, drawn: await page.page.evaluate(drawnOn) }, page.page, way);
          }
        }
        await page.close();
      }
    }),
  );
  await harness.close();
}

async function take(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  const missing = (name: string) => !existsSync(join(folder, `${name}.json`));
  await drawAll(missing, async ({ name, drawn }, page, way) => {
    if (values.pictures && PICTURED.includes(nameOf(way))) await page.screenshot({ path: join(folder, `${name}.png`) });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(drawn));
    count += 1;
    if (count % 500 === 0) process.stdout.write(`${count} views\n`);
  });
  process.stdout.write(`${count} views in ${folder}\n`);
}

const MEASURES = ['x', 'y', 'width', 'height'] as const;

/** What differs between two drawings of one view: by element, in words. */
function differences(before: readonly Drawn[], after: readonly Drawn[], within: number): string[] {
  if (before.length !== after.length) return [`${before.length} elements became ${after.length}`];
  return before.flatMap((was, index) => {
    const is = after[index];
    if (is === undefined) return [];
    const told = MEASURES.filter((of) => Math.abs(was[of] - is[of]) > within).map(
      (of) => `${of} ${Math.round(was[of])} -> ${Math.round(is[of])}`,
    );
    if (was.style !== is.style) told.push(`${was.style} -> ${is.style}`);
    return told.length === 0 ? [] : [`${is.name}: ${told.join(', ')}`];
  });
}

/** How many pixels of two pictures differ. Counted by the browser, which reads pictures anyway. */
async function pixelsChanged(page: Page, before: string, after: string): Promise<number> {
  const [one, other] = [before, after].map((path) => `data:image/png;base64,${readFileSync(path).toString('base64')}`);
  return await page.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = source ?? '';
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      if (a === undefined || b === undefined || a.length !== b.length) return Number.MAX_SAFE_INTEGER;
      let changed = 0;
      for (let at = 0; at < a.length; at += 4) {
        const far = [0, 1, 2].some((part) => Math.abs((a[at + part] ?? 0) - (b[at + part] ?? 0)) > 24);
        if (far) changed += 1;
      }
      return changed;
    },
    [one, other],
  );
}

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

async function compare(before: string): Promise<void> {
  const folder = join(ROOT, '.cache/compare');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const within = Number(values.within);
  const told: string[] = [];
  const pictured: string[] = [];
  let views = 0;
  const stored = (name: string) => join(before, `${name}.json`);
  const known = (name: string) => existsSync(stored(name));
  await drawAll(known, async ({ name, drawn }, page) => {
    views += 1;
    const found = differences(JSON.parse(readFileSync(stored(name), 'utf8')) as Drawn[], drawn, within);
    if (found.length === 0) return;
    told.push(name, ...found.map((one) => `  ${one}`));
    if (!existsSync(join(before, `${name}.png`))) return;
    pictured.push(name);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  });
  writeFileSync(join(folder, 'elements.txt'), `${told.join('\n')}\n`);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const rows: { name: string; changed: number }[] = [];
  for (const name of pictured) {
    const pair = [join(before, `${name}.png`), join(folder, `${name}.png`)] as const;
    if (digest(pair[0]) === digest(pair[1])) continue;
    rows.push({ name, changed: await pixelsChanged(page, ...pair) });
  }
  await browser.close();
  rows.sort((a, b) => b.changed - a.changed);
  const cell = ({ name, changed }: (typeof rows)[number]) => {
    const old = relative(folder, join(before, `${name}.png`));
    return `<figure><figcaption>${name}: ${changed} pixels</figcaption><img src="${old}"><img src="${name}.png"><span style="background-image:url(${old})"><img src="${name}.png"></span></figure>`;
  };
  const style =
    'body{font:14px sans-serif}figure{margin:0 0 24px}img{height:480px;vertical-align:top;border:1px solid #999}span{display:inline-block;background-size:100% 100%}span img{mix-blend-mode:difference}';
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Before, after, difference</title><style>${style}</style>${rows.map(cell).join('\n')}\n`,
  );
  writeFileSync(join(folder, 'pixels.txt'), `${rows.map(({ name, changed }) => `${changed} ${name}`).join('\n')}\n`);
  const differing = told.filter((line) => !line.startsWith(' ')).length;
  process.stdout.write(
    `${views} views, ${differing} with an element that differs by more than ${within} px or in its style; ${rows.length} pictures in ${join(folder, 'index.html')}\n`,
  );
}

if (values.take !== '') await take(resolve(values.take));
else {
  const before = resolve(values.before);
  if (values.before === '' || !existsSync(before) || readdirSync(before).length === 0) {
    process.stderr.write('nothing to compare with: say --take FOLDER first, then --before FOLDER\n');
    process.exit(2);
  }
  await compare(before);
}
