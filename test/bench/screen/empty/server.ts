import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openChromium } from '../../../../main/hosts/launch/open-chromium.ts';
import { systemTimers } from '../../../../main/transport/timers.ts';

/** `server.ts FOLDER`: the smallest Node that shows the empty page in Chromium, started as the product starts it. Ends at SIGTERM. */
const [folder = ''] = process.argv.slice(2);
const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };
const server = createServer((request, response) => {
  const path = request.url === '/' ? '/index.html' : (request.url ?? '');
  try {
    const body = readFileSync(join(folder, path));
    response.writeHead(200, { 'Content-Type': types[path.split('.').at(-1) ?? ''] ?? 'text/plain' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const browser = openChromium({ newUrl: () => `http://127.0.0.1:${address.port}/`, timers: systemTimers, log: () => {} });
  if (!browser.ok) throw new Error(browser.error);
  process.once('SIGTERM', () => void browser.value.stop().then(() => process.exit(0)));
});
