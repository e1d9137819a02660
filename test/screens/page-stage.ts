import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type WebSocket, WebSocketServer } from 'ws';
import { type CoreMessage, type Language, PageMessage, type Snapshot } from '../../main/contract/port.ts';
import { loadPageFiles } from '../../main/hosts/page/page-files.ts';
import { pageHeaders } from '../../main/hosts/page/page-policy.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** The screens a kiosk has, in CSS px. */
export const LAYOUTS = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  atm: { width: 1024, height: 768 },
} as const;
export type LayoutName = keyof typeof LAYOUTS;

/** One browser page at the built files, fed with snapshots as the core would. */
export interface StagePage {
  readonly page: Page;
  /** Every message the page has sent. */
  readonly sent: readonly PageMessage[];
  /** Shows a snapshot and waits until the page says that it is on the glass. */
  show(snapshot: Omit<Snapshot, 'step'>): Promise<void>;
  /** Cuts the connection and refuses new ones until `show` is called. */
  goAway(): void;
  /** What the page's policy stopped, or what went wrong in it. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface Stage {
  open(layout: LayoutName, language: Language): Promise<StagePage>;
  close(): Promise<void>;
}

/** The built page under its real headers, in Debian's Chromium. @throws when the page is not built */
export async function openStage(): Promise<Stage> {
  const files = loadPageFiles(join(ROOT, 'dist/renderer'));
  if (!files.ok) throw new Error('no page: run `npx vite build --config renderer/vite.config.ts` first');
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--force-device-scale-factor=1',
      '--font-render-hinting=none',
      // A camera that shows a test picture, without asking.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  const stages: StagePage[] = [];
  return {
    async open(layout, language) {
      const stage = await openPage(browser, files.value, layout, language);
      stages.push(stage);
      return stage;
    },
    async close() {
      for (const stage of stages) await stage.close();
      await browser.close();
    },
  };
}

type Files = Extract<ReturnType<typeof loadPageFiles>, { ok: true }>['value'];

async function openPage(browser: Browser, files: Files, layout: LayoutName, language: Language): Promise<StagePage> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = pageHeaders([`ws://${host}`]);
  server.on('request', (request, response) => {
    const file = files.get((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(file === undefined ? 404 : 200, file === undefined ? headers : { ...headers, 'Content-Type': file.type });
    response.end(file?.body);
  });

  const sent: PageMessage[] = [];
  const complaints: string[] = [];
  const painted = new Set<() => void>();
  const greeted = new Set<WebSocket>();
  let current: Snapshot | null = null;
  let away = false;
  let step = 0;
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'madoguchi.1', verifyClient: () => !away });
  const tell = (socket: WebSocket) => {
    if (current !== null) socket.send(JSON.stringify({ type: 'snapshot', snapshot: current } satisfies CoreMessage));
  };
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const message = PageMessage.parse(JSON.parse(String(data)));
      sent.push(message);
      if (message.type === 'hello') {
        greeted.add(socket);
        tell(socket);
      }
      for (const look of [...painted]) look();
    });
    socket.on('close', () => greeted.delete(socket));
  });

  const context = await browser.newContext({
    viewport: LAYOUTS[layout],
    hasTouch: true,
    locale: language,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://${host}/#token=sample`);

  return {
    page,
    sent,
    complaints,
    async show(snapshot) {
      away = false;
      step += 1;
      const wanted = step;
      current = { ...snapshot, step };
      const before = sent.length;
      const shown = new Promise<void>((resolve) => {
        const look = () => {
          if (!sent.slice(before).some((message) => message.type === 'painted' && message.step === wanted)) return;
          painted.delete(look);
          resolve();
        };
        painted.add(look);
      });
      for (const socket of greeted) tell(socket);
      await shown;
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
    },
    goAway() {
      away = true;
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      await context.close();
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
