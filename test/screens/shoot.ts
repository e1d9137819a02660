import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { PublicLanguage } from '../../main/contract/languages.ts';
import { commandArguments } from '../support/command-arguments.ts';
import { LAYOUTS, type LayoutName, openHarness, ROOT } from './page-harness.ts';
import { SAMPLES, type Sample, WISHES, withWish } from './samples.ts';

/** `npm run screens`: a picture of everything a person may see, and a page to look through them. */
const { values } = await commandArguments(
  'screens',
  {
    options: {
      /** Only samples whose name holds this, or one of several: `a,b`. */
      only: { type: 'string', default: '' },
      layout: { type: 'string', default: '' },
      language: { type: 'string', default: '' },
    },
  },
  { words: { layout: Object.keys(LAYOUTS), language: PublicLanguage.options } },
);

/** The small screen shares its drawing rules with the others; a few samples show what is its own. */
const ON_ATM = [
  'closed',
  'closed-card',
  'closed-tomorrow',
  'menu-six',
  'menu-seven',
  'form-read-part',
  'contact-entry-email-full',
  'certificates-signature-no-authentication',
  'photo-live',
  'photo-review-hints',
  'application-read-back',
  'application-accepted-print-paper-out',
  'finder',
  'finder-typing',
  'receipt-find-camera',
  'receipt-state-lost',
  'about-sign-up-camera',
  'entry-part',
  'entry-upper-long',
  'read-back-sign-up',
  'signed-up',
  'attract',
  'attract-seven',
  'menu',
  'terms-full',
  'check-result-expiring',
  'read-back',
  'pin-2-digits',
  'pin-wrong',
  'signing-pause',
  'issued',
  'received',
];
const WITH_WISHES = [
  'attract-seven',
  'closed-tomorrow',
  'menu',
  'about-set-up',
  'check-result-expiring',
  'read-back',
  'pin-wrong',
  'issued',
  'received',
];

function samplesFor(layout: LayoutName): Sample[] {
  const base = SAMPLES.filter((sample) => layout !== 'atm' || ON_ATM.includes(sample.name));
  const wished =
    layout === 'atm'
      ? []
      : SAMPLES.filter((sample) => WITH_WISHES.includes(sample.name)).flatMap((sample) =>
          (Object.keys(WISHES) as (keyof typeof WISHES)[]).map((wish) => withWish(sample, wish)),
        );
  return [...base, ...wished].filter((sample) => values.only.split(',').some((part) => sample.name.includes(part)));
}

const folder = join(ROOT, '.cache/screens');
if (values.only + values.layout + values.language === '') rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build({ configFile: join(ROOT, 'renderer/vite.config.ts'), logLevel: 'warn' });

const harness = await openHarness();
const shots: { file: string; name: string; layout: LayoutName; language: PublicLanguage }[] = [];
const complaints: string[] = [];
for (const layout of Object.keys(LAYOUTS) as LayoutName[]) {
  if (values.layout !== '' && values.layout !== layout) continue;
  for (const language of PublicLanguage.options) {
    if (values.language !== '' && values.language !== language) continue;
    const page = await harness.open(layout, language);
    for (const sample of samplesFor(layout)) {
      await page.show(sample.snapshot(language));
      const file = `${layout}-${language}-${sample.name}.png`;
      await page.page.screenshot({ path: join(folder, file) });
      shots.push({ file, name: sample.name, layout, language });
    }
    complaints.push(...page.complaints);
    process.stdout.write(`${layout} ${language}: ${shots.length} pictures so far\n`);
  }
}
await harness.close();

const cell = (shot: (typeof shots)[number]) =>
  `<figure><a href="${shot.file}"><img src="${shot.file}" loading="lazy" alt="" class="${shot.layout}"></a><figcaption>${shot.name}<br>${shot.layout}, ${shot.language}</figcaption></figure>`;
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Screens</title><style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:16px}figure{margin:0}img{border:1px solid #999}.portrait{height:480px}.landscape,.atm{height:270px}</style>${shots.map(cell).join('\n')}\n`,
);
process.stdout.write(`${shots.length} pictures in ${join(folder, 'index.html')}\n`);
if (complaints.length > 0) {
  process.stderr.write(`the page complained:\n${[...new Set(complaints)].join('\n')}\n`);
  process.exitCode = 1;
}
