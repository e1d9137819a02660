import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { build } from 'vite';
import type { Language } from '../../main/contract/port.ts';
import { type Box, buttonsThatMoved, faultsOf, lookAt } from './look.ts';
import { LAYOUTS, type LayoutName, openStage, ROOT, type StagePage } from './page-stage.ts';
import { SAMPLES, type Sample, WISHES, withWish } from './samples.ts';

/**
 * `npm run screens:check`: every sample, as everybody may see it, is measured (look.ts) and read by axe-core. Prints each fault and
 * ends with code 1 when there is one.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    layout: { type: 'string', default: '' },
    language: { type: 'string', default: '' },
    /** Leaves axe out, which takes most of the time. */
    fast: { type: 'boolean', default: false },
  },
});

await build({ configFile: join(ROOT, 'renderer/vite.config.ts'), logLevel: 'warn' });
const stage = await openStage();
const faults: string[] = [];
let looked = 0;
let read = 0;

async function readByAxe(page: StagePage, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page.page }).analyze();
  read += 1;
  for (const { id, impact, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical')
      faults.push(`${where}: axe ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
}

async function checkSample(page: StagePage, sample: Sample, layout: LayoutName, language: Language): Promise<void> {
  const views = new Map<string, Box[]>();
  const view = async (which: Sample, low: boolean) => {
    const where = `${layout} ${language} ${which.name}`;
    await page.show(which.snapshot(language));
    const look = await page.page.evaluate(lookAt);
    looked += 1;
    faults.push(...faultsOf(look, { layout, low }).map((fault) => `${where}: ${fault}`));
    views.set(which.name, look.buttons);
    return where;
  };
  const where = await view(sample, false);
  if (!values.fast) await readByAxe(page, where);
  for (const wish of Object.keys(WISHES) as (keyof typeof WISHES)[]) {
    if (wish.includes('ruby') && language !== 'ja') continue;
    const wished = withWish(sample, wish);
    const here = await view(wished, wish.startsWith('low'));
    if (!values.fast && wish === 'contrast') await readByAxe(page, here);
  }
  const at = (wish: string) => views.get(wish === '' ? sample.name : `${sample.name}+${wish}`) ?? [];
  for (const [small, large] of [
    ['', 'size-2'],
    ['', 'size-3'],
    ['', 'ruby'],
    ['low', 'low-size-3'],
  ] as const) {
    if (large === 'ruby' && language !== 'ja') continue;
    for (const name of buttonsThatMoved(at(small), at(large))) faults.push(`${where}: ${name} moves with ${large}`);
  }
}

for (const layout of Object.keys(LAYOUTS) as LayoutName[]) {
  if (values.layout !== '' && values.layout !== layout) continue;
  for (const language of ['ja', 'en'] as const) {
    if (values.language !== '' && values.language !== language) continue;
    const page = await stage.open(layout, language);
    for (const sample of SAMPLES) {
      if (sample.name.includes(values.only)) await checkSample(page, sample, layout, language);
    }
    faults.push(...[...new Set(page.complaints)].map((complaint) => `${layout} ${language}: the page complained: ${complaint}`));
    process.stdout.write(`${layout} ${language}: ${looked} looked at, ${read} read by axe, ${faults.length} faults\n`);
  }
}
await stage.close();
for (const fault of faults) process.stdout.write(`${fault}\n`);
if (looked === 0) faults.push('nothing was looked at');
process.exitCode = faults.length === 0 ? 0 : 1;
