import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import type { StaffRole } from '../../main/contract/staff.ts';
import { websocketPort } from '../../main/transport/websocket.ts';
import { type Sandbox, startSandbox } from '../sandbox/start/sandbox.ts';
import type { CardStateName } from '../sandbox/virtual-card/card.ts';
import { freePort } from '../support/free-port.ts';
import { noteIssued } from '../support/issued-ids.ts';
import { drivePage, type PageDriver, walkToCard } from '../support/page-driver.ts';
import { programOf } from '../support/programs.ts';
import { makeStaffKey } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';
import { enterStaffKey } from './enter-staff-key.ts';

const root = resolve(import.meta.dirname, '../..');
const PASSCODE = 'umbrella-4471';
const TABLET = { width: 1180, height: 820 };
/** What a picture is taken of: a tablet, held upright, and a small screen. */
const SIZES = [
  [1180, 820],
  [820, 1180],
  [1024, 768],
] as const;

/** A staff tablet beside a demo kiosk with everything around it; the public screen is driven without a picture. */
export interface StaffWorld {
  readonly page: Page;
  readonly sandbox: Sandbox;
  /** Folder of the kiosk's queue. */
  readonly queue: string;
  /** A folder that the kiosk takes for a USB medium. */
  readonly medium: string;
  /** The tablet of somebody with that role, with the console open, at a tab. */
  open(role: StaffRole, tab: string): Promise<void>;
  tab(name: string): Promise<void>;
  push(name: string): Promise<void>;
  /** A push that asks once more, and the yes. */
  surely(name: string): Promise<void>;
  close(): Promise<void>;
  /** Somebody's whole set-up at the counter, to the screen after the PIN; the card is taken off again. */
  visit(card: CardStateName): Promise<void>;
  /** Nothing that a screen reader would stumble over. */
  axe(): Promise<void>;
  shoot(name: string): Promise<void>;
}

interface Kiosk {
  readonly child: ChildProcess;
  readonly staff: string;
  readonly screen: URL;
}

async function startKiosk(args: readonly string[], readerPort: number): Promise<Kiosk> {
  const child = spawn(process.execPath, [programOf('main/hosts/launch/launch.ts'), '--print-token', ...args], {
    stdio: ['ignore', 'pipe', process.env.MADOGUCHI_TALK === undefined ? 'ignore' : 'inherit'],
    env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort) },
  });
  const said = new Map<string, string>();
  await new Promise<void>((found, lost) => {
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const match = /^(Kiosk|Staff) page: (\S+)$/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) said.set(match[1], match[2]);
      if (said.size === 2) found();
    });
    child.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  return { child, staff: said.get('Staff') ?? '', screen: new URL(said.get('Kiosk') ?? '') };
}

async function publicScreen(url: URL): Promise<PageDriver> {
  const token = url.hash.slice('#token='.length);
  const socket = new WebSocket(`ws://${url.host}/port`, ['madoguchi.1', `token.${token}`], { origin: url.origin });
  await once(socket, 'open');
  return drivePage(websocketPort(socket));
}

export const test = base.extend<{ staffWorld: StaffWorld }>({
  viewport: TABLET,
  staffWorld: async ({ page }, use) => {
    const readerPort = await freePort();
    const world = testFolder('world', 'ops');
    const data = testFolder('kiosk', 'ops');
    const sandbox = await startSandbox({ data: world, cardLog: testFolder('cards', 'ops'), readerPort, driver: 'virtual' });
    const medium = join(sandbox.stick.media, 'USB');
    const config = join(world, 'kiosk-config');
    cpSync(join(root, 'kiosk-config'), config, { recursive: true });
    // Two more profiles that a sandbox may choose: one that works, one that does not.
    writeFileSync(join(config, 'profiles/evening.json'), '{"environment":"sandbox","timeouts":{"idleSeconds":77}}');
    writeFileSync(join(config, 'profiles/broken.json'), '{"environment":"sandbox","timeouts":{"idleSeconds":"long"}}');
    const keys = { engineer: makeStaffKey(data, 'tablet 1', 'engineer'), clerk: makeStaffKey(data, 'window 1', 'clerk') };
    const settings = [
      'terminal.id=DEMO-01',
      'terminal.name={"ja":"1番窓口","en":"Counter 1"}',
      'journeys=["check","set-up"]',
      ...['timeouts.goodbyeSeconds=1', 'outbox.minFreeBytes=0'],
      ...['sync.pollSeconds=1', 'sync.backOffCapSeconds=1', 'sync.startSpreadSeconds=0'],
    ];
    const args = ['--profile', 'demo', '--config', config, '--data', data, ...sandbox.settings];
    const kiosk = await startKiosk([...args, ...settings.flatMap((pair) => ['--set', pair])], readerPort);
    const screen = await publicScreen(kiosk.screen);

    const staffWorld: StaffWorld = {
      page,
      sandbox,
      queue: join(data, 'queue'),
      medium,
      async open(role, tab) {
        await page.goto('about:blank');
        await enterStaffKey(page, kiosk.staff, keys[role]);
        await expect(page.locator('[data-access="no-passcode"], [data-access="closed"], [data-access="open"]')).toBeVisible();
        if (await page.locator('[data-access="no-passcode"]').isVisible()) {
          for (const field of await page.locator('input[type="password"]').all()) await field.fill(PASSCODE);
          await page.locator('button[type="submit"]').tap();
        }
        const field = page.locator('input[type="password"]');
        // Just after a restart the page may connect once more, and its form is gone then: pressed again, as a person would.
        await expect(async () => {
          if (!(await field.isVisible())) await page.locator('[data-push="open"]').tap({ timeout: 2000 });
          await field.fill(PASSCODE, { timeout: 2000 });
        }).toPass();
        await page.locator('button[type="submit"]').tap();
        await staffWorld.tab(tab);
      },
      async tab(name) {
        await page.locator(`[data-tab="${name}"]`).tap();
        await expect(page.locator(`#panel-${name}`)).toBeVisible();
      },
      push: (name) => page.locator(`[data-push="${name}"]`).tap(),
      async surely(name) {
        await staffWorld.push(name);
        await staffWorld.push(`${name}-yes`);
      },
      async close() {
        await staffWorld.push('close');
        await expect(page.locator('[data-access="closed"]')).toBeVisible();
      },
      async visit(name) {
        await screen.see('attract');
        await walkToCard(screen);
        await expect.poll(() => sandbox.cards.lay(name)).toBe(true);
        const { screen: shown } = await screen.see('read-back', 'expiring-notice');
        if (shown.name === 'expiring-notice') await screen.go('next', 'read-back');
        await screen.go('confirm', 'pin');
        screen.enterPin(sandbox.cards.pinOf(name));
        const { screen: last } = await screen.see('issued', 'received', 'parked');
        if (last.name === 'issued') noteIssued([last.myKeyId]);
        await sandbox.cards.takeOff();
        await screen.see('attract');
      },
      async axe() {
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
      },
      async shoot(name) {
        if (process.env.MADOGUCHI_SHOTS === undefined) return;
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: join(process.env.MADOGUCHI_SHOTS, `${name}-${width}x${height}.png`), fullPage: true });
        }
        await page.setViewportSize(TABLET);
      },
    };
    await use(staffWorld);
    screen.close();
    kiosk.child.kill('SIGTERM');
    if (kiosk.child.exitCode === null) await once(kiosk.child, 'exit');
    await sandbox.close();
  },
});
export { expect };
