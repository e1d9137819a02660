import { testForm } from '../sandbox/platform/forms.ts';
import { type Counter, expect, tapKeys } from './counter.ts';

/** A form as its QR code reads: an address with the number in it. */
export const formCode = (n: number): string => `https://form.example.jp/apply?id=${testForm(n)}`;

export interface ApplicationWish {
  /** How the form is read, first and last. */
  readonly by?: 'scan' | 'keys';
  readonly moved?: boolean;
  readonly contact?: { readonly email: string } | { readonly phone: string } | null;
  readonly without?: readonly ('signature' | 'authentication')[];
  readonly braille?: boolean;
  readonly way?: 'normal' | 'cover' | 'pose';
}

/** From the attract screen to where the form is asked for. */
export async function toFormRead(counter: Counter): Promise<void> {
  await counter.see('attract');
  await counter.press('start');
  await counter.press('card-application');
  await counter.see('about-application');
  await counter.press('next');
  await counter.see('form-read');
}

/** The number of a form, by hand scanner or by the keys. */
export async function readForm(counter: Counter, n: number, by: 'scan' | 'keys'): Promise<void> {
  if (by === 'scan') await counter.scan(formCode(n));
  else await counter.typeField(testForm(n));
}

/** One key after the other; an ending that has a key of its own is one touch. */
export async function typeEmail(counter: Counter, address: string): Promise<void> {
  const { page } = counter;
  const [local = '', domain = ''] = address.split('@');
  await tapKeys(page, local);
  const ending = page.locator(`[data-ending="@${domain}"]`);
  if ((await ending.count()) > 0) await ending.tap();
  else await tapKeys(page, `@${domain}`);
  await expect.poll(async () => (await page.locator('[data-typed]').innerText()).replaceAll(/\s/g, '')).toContain(address);
  await page.locator('[data-edit="ok"]').tap();
}

/** From the form to the camera. */
export async function toCamera(counter: Counter, n: number, wish: ApplicationWish = {}): Promise<void> {
  const { by = 'scan', moved = false, contact = null, without = [], braille = false, way = 'normal' } = wish;
  await toFormRead(counter);
  await readForm(counter, n, by);
  if (by === 'keys') {
    await counter.see('form-check');
    await expect(counter.page.locator('.form-number .groups')).toHaveText(testForm(n));
    await counter.press('confirm');
  }
  await counter.see('form-moved');
  await counter.press(moved ? 'yes' : 'no');
  if (moved) {
    await counter.see('form-moved-advice');
    await counter.press('next');
  }
  await counter.see('contact-kind');
  if (contact === null) {
    await counter.press('none');
    await counter.see('contact-none');
    await counter.press('next');
  } else if ('email' in contact) {
    await counter.press('email');
    await counter.see('contact-entry');
    await typeEmail(counter, contact.email);
  } else {
    await counter.press('phone');
    await counter.see('contact-entry');
    await counter.typeField(contact.phone);
  }
  await counter.see('certificates');
  for (const which of without) await toggle(counter, which, false);
  await counter.press('next');
  await counter.see('braille');
  await counter.press(braille ? 'yes' : 'no');
  await counter.see('photo-prepare');
  if (way !== 'normal') {
    await counter.page.locator(`[data-button="${way}"]`).tap();
    await expect(counter.page.locator('[data-button="normal"]')).toBeVisible();
  }
  await counter.press('next');
  await counter.see('photo');
}

/** Turns a certificate on or off, and waits until the screen says so. */
export async function toggle(counter: Counter, which: 'signature' | 'authentication', on: boolean): Promise<void> {
  const button = counter.page.locator(`[data-button="toggle-${which}"]`);
  await button.tap();
  await expect(button).toHaveAttribute('aria-pressed', String(on));
}

/** Presses the shutter and waits for the countdown. The camera must show something. */
export async function shoot(counter: Counter): Promise<void> {
  await expect(counter.page.locator('.photo-view[data-camera="running"]')).toBeVisible();
  await counter.page.locator('[data-act="shutter"][aria-disabled="false"]').tap();
  await counter.see('photo-review', 'photo-advice');
  await expect(counter.page.locator('[data-shot-state="shown"]')).toBeVisible();
}

/** Takes the photo that is on the screen, whatever was still to be said of it, up to the read-back. */
export async function keepShot(counter: Counter): Promise<void> {
  if (await counter.page.locator('[data-screen="photo-advice"]').isVisible()) await counter.press('use');
  await counter.see('photo-review');
  await counter.press('use');
  await counter.see('application-read-back');
}

/** Reads everything to its end, confirms, and reads the same form once more. */
export async function commitForm(counter: Counter, n: number, by: 'scan' | 'keys' = 'scan'): Promise<void> {
  await counter.see('application-read-back');
  while (await counter.page.locator('[data-read-on]').isVisible()) await counter.page.locator('[data-read-on]').tap();
  await counter.press('confirm');
  await counter.see('form-again');
  await readForm(counter, n, by);
}

/** A whole application. */
export async function apply(counter: Counter, n: number, wish: ApplicationWish = {}): Promise<void> {
  await toCamera(counter, n, wish);
  await shoot(counter);
  await keepShot(counter);
  await commitForm(counter, n, wish.by);
}

/** The platform's office moves an application on. */
export async function moveOn(counter: Counter, receipt: string, application: object): Promise<void> {
  const address = `${counter.sandbox.platform.url}/sandbox/applications`;
  const all = (await (await fetch(address)).json()) as { receipt: string; terminal: string }[];
  const mine = all.find((each) => each.receipt === receipt);
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...mine, application }),
  });
  expect(answer.ok).toBe(true);
}

/** Everything that the page holds as text, form number, address and telephone number among it if they are anywhere. */
export async function textOfPage(counter: Counter): Promise<string> {
  return counter.page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
  );
}
