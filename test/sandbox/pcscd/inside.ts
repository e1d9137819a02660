import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { endPcscd, startPcscd } from './daemon.ts';

/**
 * In the fresh namespaces that run.ts made: loopback up, a private /run/pcscd, pcscd with its virtual reader, then the command.
 * `quickack`: without it Nagle and delayed ACK cost 45 ms an APDU between pcscd and the virtual card (SOURCES.md, Card: virtual
 * reader protocol).
 */
const [command = '', ...args] = process.argv.slice(2);

function must(program: string, ...given: string[]): void {
  const done = spawnSync(program, given, { encoding: 'utf8' });
  if (done.status === 0) return;
  process.stderr.write(`pcscd cannot be run here: ${program} ${given.join(' ')}: ${done.stderr?.trim() ?? 'not started'}\n`);
  process.exit(3);
}

must('ip', 'link', 'set', 'lo', 'up');
for (const route of ['127.0.0.0/8', '127.0.0.1']) {
  must(
    'ip',
    'route',
    'change',
    'local',
    route,
    'dev',
    'lo',
    'table',
    'local',
    'proto',
    'kernel',
    'scope',
    'host',
    'src',
    '127.0.0.1',
    'quickack',
    '1',
  );
}
// Without pcscd's own folder the whole of /run is private: who is root only in here cannot make one.
const place = existsSync('/run/pcscd') ? '/run/pcscd' : '/run';
must('mount', '-t', 'tmpfs', 'tmpfs', place);
if (place === '/run') mkdirSync('/run/pcscd');
try {
  await startPcscd();
} catch (error) {
  process.stderr.write(`pcscd cannot be run here: ${error instanceof Error ? error.message : 'not started'}\n`);
  process.exit(3);
}
const done = spawnSync(command, args, { stdio: 'inherit' });
await endPcscd();
process.exit(done.status ?? 1);
