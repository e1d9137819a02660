// Every npm script begins here, under whatever Node the machine has (20 or newer, nothing installed yet): brings up what the command
// needs, then hands over to the pinned Node 24. Plain JavaScript without a dependency, because nothing can be relied on yet.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from './commands.mjs';
import { asksForHelp, help } from './help.mjs';
import { setUp } from './set-up.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  process.stderr.write(`no such command: ${name}\ncommands: ${Object.keys(commands).join(' ')}\n`);
  process.exit(2);
}
if (asksForHelp(rest)) {
  process.stdout.write(`${help[name]}\n`);
  process.exit(0);
}

const ready = setUp(root, command.needs);
if (!ready.ok) {
  process.stderr.write(`${ready.missing}\n`);
  process.exit(1);
}
// What weakens a Node does not come in with the shell; a later debugger does not come in with a signal.
const { NODE_OPTIONS, NODE_TLS_REJECT_UNAUTHORIZED, NODE_EXTRA_CA_CERTS, SSLKEYLOGFILE, ...env } = ready.env;
let code = 0;
for (const line of command.run) {
  const done = spawnSync(process.platform === 'win32' ? 'node.exe' : 'node', ['--disable-sigusr1', ...line, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  code = done.status ?? 1;
  if (code !== 0) break;
}
process.exitCode = code;
