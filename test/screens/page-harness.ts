import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type WebSocket, WebSocketServer } from 'ws';
import { KIOSK_PHOTO } from '../../main/contract/application.ts';
import type { PublicLanguage } from '../../main/contract/languages.ts';
import { type CoreMessage, PageMessage, type Snapshot } from '../../main/contract/page-protocol.ts';
import { loadPageFiles } from '../../main/hosts/page/page-files.ts';
import { pageHeaders } from '../../main/hosts/page/page-policy.ts';
import { drawnFace, GOOD_POSE } from '../support/drawn-face.ts';
import { filmArguments, filmOfFace } from '../support/drawn-video.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** The screens a kiosk has, in CSS px. */
export const LAYOUTS = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  atm: { width: 1024, height: 768 },
} as const;
export type LayoutName = keyof typeof LAYOUTS;

/** One browser page at the built files, fed with snapshots as the core would. */
export interface HarnessPage {
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

export interface Harness {
  open(layout: LayoutName, language: PublicLanguage): Promise<HarnessPage>;
  close(): Promise<void>;
}

/** The built page under its real headers, in Debian's Chromium. @throws when the page is not built */
export async function openHarness(): Promise<Harness> {
  const files = loadPageFiles(join(ROOT, 'dist/renderer'));
  if (!files.ok) throw new Error('no page: run `npx vite build --config renderer/vite.config.ts` first');
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--force-device-scale-factor=1',
      '--font-render-hinting=none',
      // A camera that shows a drawn person, without asking.
      ...filmArguments(filmOfFace(join(ROOT, '.cache/screens/face.y4m'))),
    ],
  });
  const photo = await drawnPhoto(browser);
  const pages: HarnessPage[] = [];
  return {
    async open(layout, language) {
      const harness = await openPage(browser, { files: files.value, photo }, layout, language);
      pages.push(harness);
      return harness;
    },
    async close() {
      for (const harness of pages) await harness.close();
      await browser.close();
    },
  };
}

type Files = Extract<ReturnType<typeof loadPageFiles>, { ok: true }>['value'];

interface Things {
  readonly files: Files;
  /** The picture that every shot has: JPEG in base64. */
  readonly photo: string;
}

/** A drawn photo of the kiosk's size. The browser makes the JPEG, as it does on a kiosk. */
async function drawnPhoto(browser: Browser): Promise<string> {
  const { width, height } = KIOSK_PHOTO;
  const at = drawnFace(width, height, GOOD_POSE);
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (const [index, value] of at(x, y).entries()) rgba[(y * width + x) * 4 + index] = Math.min(255, Math.max(0, value));
    }
  }
  const page = await browser.newPage();
  const photo = await page.evaluate(
    ({ pixels, width, height }) => {
      const canvas = document.createElement('canvas');
      canvas.width = width;
      canvas.height = height;
      const data = Uint8ClampedArray.from(atob(pixels), (sign) => sign.charCodeAt(0));
      canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? '';
    },
    { pixels: rgba.toString('base64'), width, height },
  );
  await page.close();
  return photo;
}

async function openPage(
  browser: Browser,
  { files, photo }: Things,
  layout: LayoutName,
  language: PublicLanguage,
): Promise<HarnessPage> {
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
      if (message.type === 'want-photo')
        socket.send(JSON.stringify({ type: 'photo', shot: message.shot, jpeg: photo } satisfies CoreMessage));
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
  await page.goto(`http://${host}/`);

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
      const comes = await page.evaluate(async () => {
        await document.fonts.ready;
        const has = (selector: string) => document.querySelector(selector) !== null;
        return { camera: has('.photo-view[data-camera="starting"]'), photo: has('[data-shot]') };
      });
      if (comes.camera) await page.locator('.photo-view:not([data-camera="starting"])').waitFor();
      // A photo comes a moment after its screen.
      if (comes.photo) await page.locator('[data-shot-state="shown"]').waitFor();
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
