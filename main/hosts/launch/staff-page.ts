import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startStaffHost } from '../node/staff-host.ts';
import { createHostLog } from '../page/host-log.ts';

/**
 * The staff's page alone, for an installed kiosk where systemd runs core and screen (kiosk-config/system): `--socket` is the core's staff
 * socket, `--port` the TCP port on 127.0.0.1. Until SIGINT or SIGTERM. Exit codes: 0 stopped, 1 something is missing, 2 bad arguments.
 */
const USAGE = 'usage: npm run staff-page -- --socket PATH [--port N]\n';
const root = resolve(import.meta.dirname, '../../..');

function parse(): { socket: string; port: number } | null {
  try {
    const { values } = parseArgs({ options: { socket: { type: 'string' }, port: { type: 'string', default: '0' } } });
    const fits = /^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535;
    return values.socket === undefined || !fits ? null : { socket: values.socket, port: Number(values.port) };
  } catch {
    return null;
  }
}

async function run(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const args = parse();
  if (args === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const stopped = new Promise<void>((settle) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => settle());
  });
  const log = createHostLog(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
  const host = await startStaffHost({ page: join(root, 'dist/renderer'), ...args, log });
  if (!host.ok) {
    process.stderr.write(host.error === 'port' ? `port ${args.port} cannot be used\n` : 'no built staff page (npm run build)\n');
    return 1;
  }
  process.stdout.write(`Staff page: ${host.value.origin}/\n`);
  await stopped;
  await host.value.close();
  return 0;
}

// Started without --disable-sigusr1, Node would open a debugger at this signal; a listener takes its place.
process.on('SIGUSR1', () => {});
process.exitCode = await run();
