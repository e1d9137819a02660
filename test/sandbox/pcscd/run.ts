import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { givesNamespaces, ownRoot } from './namespaces.ts';

/**
 * `node test/sandbox/pcscd/run.ts -- COMMAND ...`: the command with a pcscd and virtual readers of its own, in network and mount
 * namespaces that no other run shares. Exit code: the command's; 3 with one line when there can be no pcscd.
 */
const at = process.argv.indexOf('--');
const command = at < 0 ? [] : process.argv.slice(at + 1);

function whyNot(): string | null {
  if (command.length === 0) return 'usage: run.ts -- COMMAND ...';
  if (process.platform !== 'linux') return 'namespaces are Linux';
  if (!existsSync('/usr/sbin/pcscd')) return 'pcscd is not installed (apt install pcscd vsmartcard-vpcd)';
  if (!existsSync('/etc/reader.conf.d/vpcd')) return 'vsmartcard-vpcd is not installed';
  return givesNamespaces(['--net', '--mount', '--pid', '--fork']) ? null : 'this machine gives no namespaces';
}

const reason = whyNot();
if (reason !== null) {
  process.stderr.write(`pcscd cannot be run here: ${reason}\n`);
  process.exit(3);
}
const inside = join(import.meta.dirname, 'inside.ts');
// With a PID namespace everything inside ends with the run, also what a killed test left behind.
const done = spawnSync(
  'unshare',
  [...ownRoot, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', process.execPath, inside, ...command],
  {
    stdio: 'inherit',
  },
);
process.exitCode = done.status ?? 1;
