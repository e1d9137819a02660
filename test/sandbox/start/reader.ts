import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The first virtual reader of vsmartcard-vpcd. */
export const VPCD_PORT = 35963;

/** What the kiosk reads cards with. `stop` ends what was started here, and nothing else. */
export interface SandboxReader {
  readonly driver: 'pcsc' | 'virtual';
  /** In one sentence, for the operator. */
  readonly words: string;
  stop(): Promise<void>;
}

/** Whether somebody listens on the port; asked of the kernel, because connecting would lay a card on the reader. */
function listens(port: number): boolean {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].some(
    (file) =>
      existsSync(file) &&
      readFileSync(file, 'utf8')
        .split('\n')
        .some((line) => {
          const [, local = '', , state] = line.trim().split(/\s+/);
          return local.endsWith(wanted) && state === '0A';
        }),
  );
}

async function until(true_: () => boolean, ms: number): Promise<boolean> {
  for (let waited = 0; waited < ms; waited += 50) {
    if (true_()) return true;
    await sleep(50);
  }
  return true_();
}

const installed = () => existsSync('/usr/sbin/pcscd') && existsSync('/etc/reader.conf.d/vpcd');
const addon = join(import.meta.dirname, '../../../native/pcsc/build/Release/pcsc.node');

/** pcscd's own command, as somebody who may start it. */
function daemonCommand(): readonly string[] | null {
  const command = ['/usr/sbin/pcscd', '--foreground'];
  if (process.getuid?.() === 0) return command;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n', ...command] : null;
}

/** Uses the pcscd that runs, or starts one (as root, or through sudo); else the virtual reader of the sandbox. */
export async function startReader(): Promise<SandboxReader> {
  const nothing = async () => {};
  if (!existsSync(addon)) return { driver: 'virtual', words: 'virtual reader: native/pcsc is not built', stop: nothing };
  if (listens(VPCD_PORT)) return { driver: 'pcsc', words: 'pcscd with its virtual reader (was running)', stop: nothing };
  if (!installed()) {
    return { driver: 'virtual', words: 'virtual reader: pcscd or vsmartcard-vpcd is not installed', stop: nothing };
  }
  const [program, ...args] = daemonCommand() ?? [];
  if (program === undefined) {
    const words = 'virtual reader: pcscd is not running, and only root (or sudo without a question) can start it';
    return { driver: 'virtual', words, stop: nothing };
  }
  // sudo passes SIGTERM on to what it started.
  const daemon: ChildProcess = spawn(program, args, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    daemon.once('exit', () => resolve());
    daemon.once('error', () => resolve());
  });
  const up = await until(() => listens(VPCD_PORT) || daemon.exitCode !== null, 5000);
  if (!up || daemon.exitCode !== null) {
    daemon.kill('SIGTERM');
    return { driver: 'virtual', words: 'virtual reader: pcscd does not start here', stop: nothing };
  }
  return {
    driver: 'pcsc',
    words: 'pcscd with its virtual reader',
    async stop() {
      daemon.kill('SIGTERM');
      const kill = setTimeout(() => daemon.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(kill);
    },
  };
}
