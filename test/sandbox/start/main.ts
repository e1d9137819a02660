import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commandArguments } from '../../support/command-arguments.ts';
import { freePort } from '../../support/free-port.ts';
import { startPanel } from '../panel/panel.ts';
import { demoStaffKey } from './demo-key.ts';
import { fetchElectron, whyNoElectron } from './fetch-electron.ts';
import { startReader, VPCD_PORT } from './reader.ts';
import { startSandbox } from './sandbox.ts';
import { chooseScreen, wantsElectron } from './screen.ts';

/** `npm start`: the whole demo. Brings up the sandbox, the kiosk core and a screen, and stays up until Ctrl-C. */
const root = resolve(import.meta.dirname, '../../..');
const { values } = await commandArguments(
  'start',
  {
    options: {
      data: { type: 'string', default: join(root, '.data/demo') },
      port: { type: 'string', default: '0' },
      'panel-port': { type: 'string', default: '0' },
      'staff-port': { type: 'string', default: '0' },
      reader: { type: 'string' },
      screen: { type: 'string' },
      'reader-port': { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  },
  {
    numbers: ['port', 'panel-port', 'staff-port', 'reader-port'],
    words: { reader: ['virtual'], screen: ['electron', 'chromium', 'none'] },
  },
);
const say = (text: string) => process.stdout.write(`${text}\n`);
const stopped = new Promise<void>((settle) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => settle());
});

if (values.fresh) rmSync(values.data, { recursive: true, force: true });
const reader = values.reader === 'virtual' ? null : await startReader();
const driver = reader?.driver ?? 'virtual';
const readerPort = Number(values['reader-port'] ?? VPCD_PORT);
say(`Reader:   ${reader?.words ?? 'virtual reader (asked for)'}`);
const sandbox = await startSandbox({ data: join(values.data, 'sandbox'), readerPort, driver });
say(`Platform: ${sandbox.platform.url} (line: ${sandbox.line.url})`);
const kioskData = join(values.data, 'kiosk');
const staffKey = demoStaffKey(kioskData, join(values.data, 'sandbox/staff-key'));
const staffPort = Number(values['staff-port']) || (await freePort());
const staff = `http://127.0.0.1:${staffPort}/`;
const panel = await startPanel(sandbox, Number(values['panel-port']), staff);
say(`Panel:    ${panel.url} (lay a card on the reader, take it off, cut the line)`);
if (wantsElectron(root, process.env, values.screen)) {
  const fetched = await fetchElectron({ root, env: process.env, say, now: Date.now, silentMs: 60_000 });
  if (fetched !== 'fetched') say(`Screen:   ${whyNoElectron(fetched)}`);
}
const screen = chooseScreen(root, process.env, values.screen);
say(`Staff:    ${staff} (their second window; the first use sets a passcode)\nKey:      ${staffKey} (for that window)`);
say(`Screen:   ${screen.words}`);
const kiosk = spawn(
  process.execPath,
  [
    join(root, 'main/hosts/launch/launch.ts'),
    ...['--profile', 'demo', '--print-token', '--data', kioskData, '--port', values.port, '--staff-port', String(staffPort)],
    ...screen.args,
    ...sandbox.settings,
  ],
  { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort) } },
);
const kioskEnded = new Promise<number>((settle) => kiosk.once('exit', (code) => settle(code ?? 1)));
const code = await Promise.race([stopped.then(() => 0), kioskEnded]);
kiosk.kill('SIGTERM');
await kioskEnded;
await panel.close();
await sandbox.close();
await reader?.stop();
process.exit(code);
