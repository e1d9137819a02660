import { fstatSync } from 'node:fs';
import { openNotify } from '../../../native/systemd-notify/index.ts';
import type { Log } from '../../contract/log-events.ts';
import type { HeartbeatDeps } from './heartbeat.ts';

/** Variables that systemd sets for the main process alone. */
const FOR_US = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const;

/** A pipe on standard input is the launcher's life line. Under systemd it is /dev/null, and standard output goes to the journal. */
export function launcherIsThere(): boolean {
  const input = fstatSync(0, { bigint: false });
  return input.isFIFO() || input.isSocket();
}

/** The way to the launcher: standard output. */
export function beatsToLauncher(output: NodeJS.WriteStream): NonNullable<HeartbeatDeps['launcher']> {
  // A launcher that died: standard input ends too, and that is what the core stops for.
  output.on('error', () => {});
  return (line) => {
    // A launcher that reads nothing must cost neither time nor memory.
    if (output.writableLength === 0) output.write(line);
  };
}

/** The way to systemd, from `env`, which is then free of it: no child must speak for the core. Without the addon the core goes on. */
export function beatsToSystemd(env: NodeJS.ProcessEnv, log: Log): HeartbeatDeps['systemd'] {
  const address = env['NOTIFY_SOCKET'];
  for (const name of FOR_US) delete env[name];
  if (address === undefined || address === '') return null;
  const notify = openNotify(address);
  if (notify === null) log('core.fault', { where: 'systemd-notify.missing' });
  return notify;
}
