import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { VPCD_PORT } from '../sandbox/start/reader.ts';
import { type Sandbox, startSandbox } from '../sandbox/start/sandbox.ts';
import { childPid } from '../support/child-pid.ts';
import { freePort } from '../support/free-port.ts';
import { noteIssued } from '../support/issued-ids.ts';
import { logTo } from '../support/log-to.ts';
import type { Person } from '../support/person.ts';
import { programOf } from '../support/programs.ts';
import { plainScan, scanInto } from '../support/scanner.ts';
import { testFolder } from '../support/test-folder.ts';

export interface CounterOptions {
  readonly driver: 'pcsc' | 'virtual';
  /** More `key=value` settings for the kiosk. */
  readonly set: readonly string[];
}

/** A person in front of a demo kiosk: sees the page, touches it, has cards in the hand; and what stands around the kiosk. */
export interface Counter extends Person {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** The My Key ID on the screen, noted for the search at the end. */
  issuedId(): Promise<string>;
  /** Touches since the press on the attract screen. */
  touches(): Promise<number>;
  /** Prints how many touches and seconds it took since the press on the attract screen. @param most more is a fault; a screen of another shape may turn one page more or less */
  took(what: string, most?: number): Promise<void>;
  /** Changes the world at the platform's own sandbox address: a fault, the catalogue, a budget. */
  world(path: 'faults' | 'catalogue' | 'budgets', body: object): Promise<void>;
  /** Ends the core with a signal, as a fault would; the launcher starts it again. */
  killCore(): Promise<void>;
}

/** When this document began: another number, another document. */
export const documentOf = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

/** No finger taps one key again so soon, ms: the kiosk takes it for a panel that bounces. Another key it takes at once. */
const TAP_MS = 70;

/** One key of an on-screen keyboard or pad after the other. */
async function tapAll(
  page: Page,
  signs: Iterable<string>,
  keyOf: (sign: string) => Locator,
  tapped?: (n: number) => Promise<void>,
) {
  let last = '';
  let n = 0;
  for (const sign of signs) {
    if (sign === last) await page.waitForTimeout(TAP_MS);
    await keyOf(sign).tap();
    n += 1;
    await tapped?.(n);
    last = sign;
  }
}

export const tapKeys = (page: Page, text: Iterable<string>): Promise<void> =>
  tapAll(page, text, (sign) => page.locator(`[data-key="${sign}"]`));

async function startKiosk(
  sandbox: Sandbox,
  set: readonly string[],
  readerPort: number,
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(
    process.execPath,
    [
      programOf('main/hosts/launch/launch.ts'),
      ...['--profile', 'demo', '--print-token', '--data', testFolder('kiosk', 'e2e'), ...sandbox.settings],
      // A person walks away in five seconds, and a sick platform is spared for minutes; a test need not wait for that.
      ...['--set', 'timeouts.goodbyeSeconds=1', '--set', 'sync.sparingSeconds=3'],
      ...set.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'pipe', process.env.MADOGUCHI_TALK === undefined ? logTo('e2e-log') : 'inherit'],
      env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort) },
    },
  );
  const url = await new Promise<string>((found, lost) => {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const match = /^Kiosk page: (\S+)$/.exec(line);
      if (match?.[1] !== undefined) found(match[1]);
    });
    child.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  return { url, child };
}

/** Keys of the kana keyboard: さくらざ, みんと, けやきひ are enough to find them. */
const KEYWORDS: Record<string, string> = { 'sakura-prepaid': 'サクラザ', 'mint-pay': 'ミント', 'keyaki-credit': 'ケヤキヒ' };
const VOICED: Record<string, string> = { ザ: 'サ' };

export const test = base.extend<CounterOptions & { counter: Counter }>({
  driver: ['virtual', { option: true }],
  set: [[], { option: true }],
  counter: async ({ page, driver, set }, use) => {
    const readerPort = driver === 'pcsc' ? VPCD_PORT : await freePort();
    const world = testFolder('world', 'e2e');
    const sandbox = await startSandbox({ data: world, cardLog: testFolder('cards', 'e2e'), readerPort, driver });
    const { url, child } = await startKiosk(sandbox, set, readerPort);
    const counter: Counter = {
      page,
      sandbox,
      async see(...names) {
        const screens = names.map((name) => `html:not([data-leaving]) [data-screen="${name}"]`).join(',');
        // A page that is just being loaded anew says nothing: it is looked at once more.
        for (;;) {
          await expect(page.locator(screens)).toBeVisible();
          // Whoever comes next finds nothing that somebody typed.
          if (names[0] === 'attract') await expect(page.locator('[data-typed]')).toHaveCount(0);
          const now = names.length === 1 ? names[0] : await page.locator('[data-screen]').getAttribute('data-screen');
          const up = names.find((each) => each === now);
          if (up !== undefined) return up;
        }
      },
      async press(button) {
        const step = await page.locator('[data-step]').getAttribute('data-step');
        const document = await documentOf(page);
        // A visit begins with a press on the attract screen: touches are counted from there, with that one.
        if (await page.locator('[data-screen="attract"]').isVisible()) begin();
        await page.locator(`[data-button="${button}"]`).tap();
        await expect(async () => {
          if ((await page.locator('[data-step]').getAttribute('data-step')) !== step) return;
          // The page was just being loaded anew, after a visit: the touch fell on the old one.
          if ((await documentOf(page)) !== document) await page.locator(`[data-button="${button}"]`).tap();
          await expect(page.locator('[data-step]')).not.toHaveAttribute('data-step', step ?? '', { timeout: 2000 });
        }).toPass({ timeout: 30_000 });
      },
      async typePin(pin) {
        await tapAll(
          page,
          pin,
          (digit) => page.locator('[data-position]', { hasText: digit }),
          (n) => expect(page.locator('.dot.in')).toHaveCount(n),
        );
        await page.locator('[data-edit="ok"]').tap();
      },
      async findService(id) {
        await page.locator('[data-button="type"]').tap();
        for (const sign of KEYWORDS[id] ?? '') {
          await page.locator(`[data-key="${VOICED[sign] ?? sign}"]`).tap();
          if (sign in VOICED) await page.locator('[data-key="゛"]').tap();
        }
        // It leaves one service, which is chosen by that.
        await page.locator('[data-edit="ok"]').tap();
      },
      insertCard: (card) => expect.poll(() => sandbox.cards.lay(card)).toBe(true),
      takeCard: () => sandbox.cards.takeOff(),
      pinOf: (card) => sandbox.cards.pinOf(card),
      async readReceipt() {
        const [number = ''] = /\d{3}-\d{3}-\d{4}/.exec(await page.locator('main').innerText()) ?? [];
        return number.replaceAll('-', '');
      },
      async confirm() {
        await counter.see('read-back');
        // Several pages: every one is seen before it can be confirmed.
        while (await page.locator('[data-read-on]').isVisible()) {
          await page.locator('[data-read-on]').tap();
        }
        await counter.press('confirm');
      },
      async choose(id) {
        await page.locator(`[data-choose="${id}"]`).tap();
      },
      async typeField(text) {
        const step = await page.locator('[data-step]').getAttribute('data-step');
        await tapKeys(page, text);
        await expect.poll(async () => (await page.locator('[data-typed]').innerText()).replaceAll(/\s/g, '')).toContain(text);
        await page.locator('[data-edit="ok"]').tap();
        await expect(page.locator('[data-step]')).not.toHaveAttribute('data-step', step ?? '');
      },
      scan: (text) => scanInto(page, plainScan(text)),
      async issuedId() {
        await counter.see('issued');
        const id = (await page.locator('.my-key-id .groups span').allInnerTexts()).join('');
        noteIssued([id]);
        return id;
      },
      async touches() {
        // What the page has told before this answer has come.
        await page.evaluate(() => null);
        return taps;
      },
      async took(what, most) {
        const taps = await counter.touches();
        process.stdout.write(`${what}: ${taps} taps, ${Math.round((Date.now() - began) / 1000)} s by machine\n`);
        if (most !== undefined) expect(taps, what).toBeLessThanOrEqual(most);
      },
      async world(path, body) {
        const answer = await fetch(`${sandbox.platform.url}/sandbox/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      },
      async killCore() {
        const core = childPid(child.pid ?? -1, 'main/hosts/core/');
        if (core === null) throw new Error('no core runs');
        process.kill(core, 'SIGKILL');
      },
    };
    // Every touch is counted where it lands, however a test makes it; outside the page, which does not outlive a visit.
    let taps = 0;
    let began = Date.now();
    const begin = () => {
      began = Date.now();
      taps = 0;
    };
    await page.exposeFunction('countTouch', () => {
      taps += 1;
    });
    await page.addInitScript(() => {
      addEventListener('touchstart', () => (window as unknown as { countTouch(): void }).countTouch(), { capture: true });
    });
    await page.goto(url);
    await use(counter);
    child.kill('SIGTERM');
    await new Promise<void>((done) => (child.exitCode !== null ? done() : child.once('exit', () => done())));
    await sandbox.close();
  },
});

export { expect };
