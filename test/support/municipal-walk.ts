import type { MunicipalPolicy } from '../../main/contract/catalogue.ts';
import type { Snapshot } from '../../main/contract/page-protocol.ts';
import type { PageDriver } from './page-driver.ts';

/** From the attract screen to the read-back of a municipality's points, every question answered as it must be. @param lay puts the card on */
export async function walkToMunicipal(page: PageDriver, policy: MunicipalPolicy, lay: () => void): Promise<Snapshot> {
  await page.see('attract', 'goodbye');
  await page.go('start', 'menu');
  await page.go('municipal', 'policies');
  page.send({ type: 'choose', step: page.now.step, id: policy.id });
  await page.see('policy');
  await page.go('next', 'policy-question');
  for (const { wanted } of policy.questions) await page.go(wanted, 'policy-question', 'whose-card');
  await page.go('self', 'terms', 'who-types');
  if (page.now.screen.name === 'who-types') await page.go('holder', 'terms');
  while (page.now.screen.name === 'terms') await page.go('agree', 'terms', 'insert-card');
  lay();
  return page.see('read-back');
}
