import { expect, type Page, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/** Pages that die, hang, empty themselves, close or run away: each is replaced, and the new one shows the step where the person was. */
let host: RunningHost;
let page: Page;
test.beforeEach(async () => {
  host = await startHost();
  page = host.page;
  await expect(page.locator('main')).toHaveText('attract');
  await page.click('#start');
  await expect(page.locator('body')).toHaveAttribute('data-step', '2');
});
test.afterEach(() => host.stop());

/** @param harm may end before, during or after the page does */
async function replaced(harm: () => Promise<unknown>, reason: string): Promise<Page> {
  const old = await host.seen();
  harm().catch(() => {});
  await expect.poll(async () => (await host.seen()) !== old).toBe(true);
  const next = await host.seen();
  await expect(next.locator('body')).toHaveAttribute('data-step', '2');
  await expect(next.locator('main')).toHaveText('menu');
  await expect.poll(() => host.log()).toContain(`"event":"host.page-replaced","reason":"${reason}"`);
  await expect.poll(() => host.app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows().length)).toBe(1);
  // It is alive: a press on it counts.
  await next.evaluate(() => window.madoguchi?.send('{"type":"intent","intent":{"type":"press","step":2,"button":"home"}}'));
  // That ends the visit, so its page goes: the one after it is looked at.
  await expect.poll(async () => (await host.seen()) !== next).toBe(true);
  await expect((await host.seen()).locator('main')).toHaveText('attract');
  return next;
}
const rendererPid = () => host.app.evaluate(() => globalThis.seenContents().getOSProcessId());

test('renderer killed', async () => {
  const pid = await rendererPid();
  await replaced(async () => process.kill(pid, 'SIGKILL'), 'crashed');
  expect(await rendererPid()).not.toBe(pid);
});

test('renderer crashed', async () => {
  await replaced(() => host.app.evaluate(() => globalThis.seenContents().forcefullyCrashRenderer()), 'crashed');
});

test('renderer hung in a loop', async () => {
  const pid = await rendererPid();
  await replaced(
    () =>
      page.evaluate(() => {
        for (;;);
      }),
    'hung',
  );
  // The hung process is gone too, not only its window.
  await expect
    .poll(() => {
      try {
        process.kill(pid, 0);
        return 'there';
      } catch {
        return 'gone';
      }
    })
    .toBe('gone');
});

test('document emptied: alive, but nothing on the glass', async () => {
  await replaced(() => page.evaluate(() => document.querySelector('main')?.remove()), 'hung');
});

test('window closed past the close event', async () => {
  await replaced(() => host.app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.destroy()), 'closed');
});

test('page gone to about:blank, which no event could refuse', async () => {
  await replaced(() => page.evaluate(() => void location.assign('about:blank')), 'strayed');
});

test('reload, also with a handler that wants to keep the page', async () => {
  const isNew = () => page.evaluate(() => !('old' in window)).catch(() => false);
  const mark = () =>
    page.evaluate(() => {
      Object.assign(window, { old: true });
      window.onbeforeunload = () => 'stay';
    });
  await mark();
  await host.app.evaluate(() => globalThis.seenContents().reload());
  await expect.poll(isNew).toBe(true);
  await expect(page.locator('body')).toHaveAttribute('data-step', '2');
  await mark();
  // A little later, so that the answer to this call is not lost in the reload.
  await page.evaluate(() => void setTimeout(() => location.reload()));
  await expect.poll(isNew).toBe(true);
  await expect(page.locator('main')).toHaveText('menu');
});

test('a window asked to close, minimize or leave full screen stays', async () => {
  const size = await host.app.evaluate(({ screen }) => screen.getPrimaryDisplay().bounds);
  await host.app.evaluate(({ BaseWindow }) => {
    const window = BaseWindow.getAllWindows()[0];
    window?.close();
    window?.setKiosk(false);
    window?.setFullScreen(false);
  });
  const state = () =>
    host.app.evaluate(({ BaseWindow }) =>
      BaseWindow.getAllWindows().map((one) => [one.isKiosk(), one.isMinimized(), one.getBounds()]),
    );
  await expect.poll(state).toEqual([[true, false, size]]);
  await expect(page.locator('main')).toHaveText('menu');
});

test('core killed: "starting" after its grace, on a new page, for the visit is over; started again: its first screen, on the same one', async () => {
  await host.killCore();
  await expect.poll(async () => (await host.seen()) !== page).toBe(true);
  const next = await host.seen();
  await expect(next.locator('main')).toHaveText('out-of-order starting');
  await next.evaluate(() => Object.assign(window, { sameDocument: true }));
  await host.startCore();
  await expect(next.locator('main')).toHaveText('attract');
  expect(await next.evaluate(() => 'sameDocument' in window)).toBe(true);
});
