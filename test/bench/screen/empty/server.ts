import { openChromium } from '../../../../main/hosts/launch/open-chromium.ts';
import { systemTimers } from '../../../../main/transport/timers.ts';
import { serveFolder } from './serve-folder.ts';

/** `server.ts FOLDER`: the smallest Node that shows the empty page in Chromium, started as the product starts it. Ends at SIGTERM. */
const [folder = ''] = process.argv.slice(2);
const { url } = await serveFolder(folder);
const browser = openChromium({ newUrl: () => url, timers: systemTimers, log: () => {} });
if (!browser.ok) throw new Error(browser.error);
const { stop } = browser.value;
process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
