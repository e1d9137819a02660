import { parseArgs } from 'node:util';
import { listenLocal } from '../../main/transport/local-socket.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { createStandInKiosk } from './stand-in-kiosk.ts';

/**
 * A core process without a card, for tests of hosts and launcher: same arguments, same first line, same protocol.
 * `--profile bad`: ends as with settings that cannot be used. `--profile dying`: dies with code 1 at SIGUSR2 as any core may.
 */
const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: '' },
    data: { type: 'string' },
    socket: { type: 'string', default: '' },
    'staff-socket': { type: 'string' },
    set: { type: 'string', multiple: true },
  },
});
if (values.profile === 'bad') {
  process.stderr.write('bad.json: platform.url: not a URL\n');
  process.exit(2);
}
const kiosk = createStandInKiosk();
const server = await listenLocal(values.socket, (port) => servePage(port, kiosk, () => {}));
if (!server.ok) {
  process.stderr.write(`socket: ${server.error}\n`);
  process.exit(1);
}
process.stdout.write(`${JSON.stringify({ type: 'listening', socket: server.value.path, pid: process.pid })}\n`);
process.stdout.write(`${JSON.stringify({ type: 'pid', pid: process.pid })}\n`);
setInterval(() => process.stdout.write('{"type":"beat"}\n'), 2000);
process.on('SIGUSR2', () => process.exit(1));
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => process.exit(0));
process.stdin.on('end', () => process.exit(0)).resume();
