import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { exportJWK, generateKeyPair } from 'jose';
import type { StaffRole } from '../../main/contract/staff.ts';
import { freePort } from '../support/free-port.ts';
import { programOf } from '../support/programs.ts';
import { makeStaffKey } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';
import { enterStaffKey } from './enter-staff-key.ts';

export const PASSCODE = '805173';

export interface StaffOptions {
  /** More `key=value` settings for the kiosk. */
  readonly staffSet: readonly string[];
}

/** A kiosk with a person in front of it, and staff with a browser of their own. No platform, no card: what staff do needs neither. */
export interface Office {
  readonly data: string;
  /** The public screen. */
  readonly person: Page;
  /** A staff device: a browser of its own. @param key as made by `key` */
  device(key: string, viewport?: { width: number; height: number }): Promise<Page>;
  key(name: string, role: StaffRole): string;
  /** First use and opening, by the keyboard. */
  open(staff: Page): Promise<void>;
  see(screen: string): Promise<void>;
  press(button: string): Promise<void>;
  /** Nothing for axe to say. */
  axe(page: Page): Promise<void>;
  readonly origin: string;
  /** SIGTERM to the launcher, and a new one on the same data and ports. */
  restart(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly kiosk: string;
  readonly staff: string;
}

async function launch(
  data: string,
  place: string,
  ports: { page: number; staff: number },
  set: readonly string[],
): Promise<Running> {
  const settings = [
    'platform.url=http://127.0.0.1:9',
    `platform.sealingKeyFile=${join(place, 'sealing.jwk.json')}`,
    'reader.driver=virtual',
    `reader.host=${programOf('test/sandbox/virtual-reader/host-main.ts')}`,
    ...['printer.driver=none', 'outbox.minFreeBytes=0', 'timeouts.goodbyeSeconds=1', 'timeouts.slowCardSeconds=5'],
    ...set,
  ];
  const child = spawn(
    process.execPath,
    [
      programOf('main/hosts/launch/launch.ts'),
      ...[
        '--profile',
        'demo',
        '--print-token',
        '--data',
        data,
        '--port',
        String(ports.page),
        '--staff-port',
        String(ports.staff),
      ],
      ...settings.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'pipe', process.env.MADOGUCHI_TALK === undefined ? 'ignore' : 'inherit'],
      env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(await freePort()) },
    },
  );
  const lines: Record<string, string> = {};
  await new Promise<void>((found, lost) => {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const match = /^(Kiosk|Staff) page: (\S+)$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) lines[match[1]] = match[2];
      if (lines['Kiosk'] !== undefined && lines['Staff'] !== undefined) found();
    });
    child.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  return { child, kiosk: lines['Kiosk'] ?? '', staff: lines['Staff'] ?? '' };
}

export const test = base.extend<StaffOptions & { office: Office }>({
  staffSet: [[], { option: true }],
  office: async ({ page, browser, staffSet }, use) => {
    const data = testFolder('kiosk', 'e2e-staff');
    const place = mkdtempSync(join(tmpdir(), 'mado-office-'));
    const { publicKey } = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: true });
    writeFileSync(join(place, 'sealing.jwk.json'), JSON.stringify({ ...(await exportJWK(publicKey)), kid: 'test' }));
    const first = makeStaffKey(data, 'window 1', 'engineer');
    const made = new Map([['window 1', first]]);
    const ports = { page: await freePort(), staff: await freePort() };
    let running = await launch(data, place, ports, staffSet);
    const stop = async () => {
      running.child.kill('SIGTERM');
      if (running.child.exitCode === null) await once(running.child, 'exit');
    };
    const contexts: BrowserContext[] = [];
    await page.goto(running.kiosk);
    const office: Office = {
      data,
      person: page,
      origin: running.staff,
      async device(key, viewport = { width: 1280, height: 800 }) {
        const context = await browser.newContext({ viewport, locale: 'ja-JP', acceptDownloads: true });
        contexts.push(context);
        const staff = await context.newPage();
        if (key === '') await staff.goto(running.staff);
        else await enterStaffKey(staff, running.staff, key);
        return staff;
      },
      key(name, role) {
        const key = made.get(name) ?? makeStaffKey(data, name, role);
        made.set(name, key);
        return key;
      },
      async open(staff) {
        await expect(staff.locator('[data-access="no-passcode"], [data-access="closed"]')).toBeVisible();
        if (await staff.locator('[data-access="no-passcode"]').isVisible()) {
          await staff.locator('[data-passcode]').fill(PASSCODE);
          await staff.locator('[data-passcode-again]').fill(PASSCODE);
          await staff.keyboard.press('Enter');
        }
        await staff.locator('[data-push="open"]').click();
        await staff.locator('[data-passcode]').fill(PASSCODE);
        await staff.keyboard.press('Enter');
        await expect(staff.locator('[data-access="open"]')).toBeVisible();
      },
      see: (screen) => expect(page.locator(`[data-screen="${screen}"]`)).toBeVisible(),
      async press(button) {
        const step = await page.locator('[data-step]').getAttribute('data-step');
        await page.locator(`[data-button="${button}"]`).tap();
        await expect(page.locator('[data-step]')).not.toHaveAttribute('data-step', step ?? '');
      },
      async axe(staff) {
        const { violations } = await new AxeBuilder({ page: staff }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      },
      async restart() {
        await stop();
        running = await launch(data, place, ports, staffSet);
      },
    };
    await use(office);
    for (const context of contexts) await context.close();
    await stop();
    rmSync(place, { recursive: true, force: true });
  },
});

export { expect };
