import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { websocketPort } from '../../../main/transport/websocket.ts';
import { Summary } from '../../sandbox/platform/views.ts';
import { startSandbox } from '../../sandbox/start/sandbox.ts';
import { childPid } from '../../support/child-pid.ts';
import { freePort } from '../../support/free-port.ts';
import { drivePage, type PageDriver, walkToPin } from '../../support/page-driver.ts';
import type { RoundFigures } from './figures.ts';
import type { Random } from './random.ts';

const root = resolve(import.meta.dirname, '../../..');
const LONGEST_ROUND_MS = 60_000;
/** Screens that tell a person "we have it". */
const promises = ['delivering', 'received', 'accepted', 'issued'];
const Rows = z.array(z.looseObject({ receipt: z.string(), outcome: z.string() }));
const people = ['fresh', 'fresh-2'] as const;
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The kiosk as it is run: launcher, core, card host, platform, each a process of its own. */
export interface HostWorld {
  /** A visit whose card host dies somewhere in it, and the same person's next visit. */
  round(random: Random): Promise<RoundFigures>;
  close(): Promise<void>;
}

export async function startHostWorld(folder: string): Promise<HostWorld> {
  const readerPort = await freePort();
  const sandbox = await startSandbox({ data: join(folder, 'world'), readerPort, driver: 'virtual' });
  const built = join(folder, 'page');
  mkdirSync(built);
  writeFileSync(join(built, 'index.html'), '<!doctype html>');
  const set = [
    'timeouts.goodbyeSeconds=1',
    'sync.pollSeconds=1',
    'sync.backOffCapSeconds=1',
    'outbox.minFreeBytes=0',
    'platform.waitForAnswerSeconds=20',
  ];
  const launcher = spawn(
    process.execPath,
    [
      ...[
        join(root, 'main/hosts/launch/launch.ts'),
        '--profile',
        'demo',
        '--print-token',
        '--data',
        join(folder, 'kiosk'),
        ...sandbox.settings,
      ],
      ...set.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, MADOGUCHI_VIRTUAL_READER_PORT: String(readerPort), MADOGUCHI_PAGE: built },
    },
  );
  const url = await new Promise<URL>((found, lost) => {
    createInterface({ input: launcher.stdout }).on('line', (line) => {
      const match = /^Kiosk page: (\S+)$/.exec(line);
      if (match?.[1] !== undefined) found(new URL(match[1]));
    });
    launcher.once('exit', (code) => lost(new Error(`the kiosk ended with code ${code}`)));
  });
  const newPage = async (): Promise<PageDriver> => {
    const token = url.hash.slice('#token='.length);
    const socket = new WebSocket(`ws://${url.host}/port`, ['madoguchi.1', `token.${token}`], { origin: url.origin });
    await once(socket, 'open');
    return drivePage(websocketPort(socket));
  };
  const ask = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> =>
    schema.parse(await (await fetch(`${sandbox.platform.url}/sandbox/${path}`)).json());
  /** What the core's log says of card hosts that went. */
  const deaths = (): number => {
    const log = join(folder, 'kiosk/log');
    const lines = readdirSync(log).flatMap((name) => readFileSync(join(log, name), 'utf8').split('\n'));
    return lines.filter((line) => line.includes('"event":"card-host.exited"')).length;
  };
  const corePid = () => childPid(launcher.pid ?? -1, 'hosts/core/index');
  const hostPid = () => childPid(corePid() ?? -1, 'host-main');
  const lay = async (name: (typeof people)[number]) => {
    // The reader listens again as soon as its new host does.
    while (!(await sandbox.cards.lay(name))) await sleep(100);
  };

  const round = async (random: Random): Promise<RoundFigures> => {
    const problems: string[] = [];
    const name = random.pick(people);
    const pin = sandbox.cards.pinOf(name);
    const first = await newPage();
    await first.see('attract');
    const visit = async () => {
      await walkToPin(first, () => void lay(name));
      first.enterPin(pin);
    };
    // Its page closes under it.
    visit().catch(() => {});
    await first.see(...random.pick([['insert-card'], ['read-back', 'expiring-notice'], ['pin'], ['pin'], ['pin']] as const));
    await sleep(random.int(500));
    const before = deaths();
    const pid = hostPid();
    if (pid === null) problems.push('there is no card host to kill');
    else process.kill(pid, 'SIGKILL');
    // What the core makes of it: it goes on without a card, or ends the session.
    await sleep(300 + random.int(700));
    const receipts = new Set(
      first.seen.flatMap(({ screen }) => (promises.includes(screen.name) && 'receipt' in screen ? [screen.receipt] : [])),
    );
    first.close();
    await sandbox.cards.takeOff();

    const second = await newPage();
    await second.until(({ screen, session }) => !session && screen.name === 'attract');
    await walkToPin(second, () => void lay(name));
    second.enterPin(pin);
    const { screen } = await second.see('issued', 'received', 'refused', 'cannot-accept', 'card-problem');
    if (screen.name !== 'issued') problems.push(`the next visit ended at ${screen.name}`);
    await sandbox.cards.takeOff();
    await second.until(({ session }) => !session);
    second.close();

    const told = deaths() === before + 1;
    if (!told) problems.push('the log says nothing of the card host that went');
    const rows = await ask('submissions', Rows);
    const { perId, conflicts } = await ask('summary', Summary);
    const lost = [...receipts].filter((receipt) => rows.every((row) => row.receipt !== receipt || row.outcome !== 'accepted'));
    const doubled = Object.values(perId).filter((times) => (times.accepted ?? 0) > 1).length + conflicts;
    if (lost.length > 0) problems.push(`${lost.length} promised receipts are not on the platform`);
    if (doubled > 0) problems.push(`${doubled} acts were done twice`);
    return { lost: lost.length, doubled, stuck: false, told, problems };
  };
  return {
    round: (random) =>
      Promise.race([
        round(random),
        sleep(LONGEST_ROUND_MS).then(() => ({
          ...{ lost: 0, doubled: 0, stuck: true, told: false },
          problems: ['the kiosk does not come back to a visit'],
        })),
      ]),
    async close() {
      launcher.kill('SIGTERM');
      if (launcher.exitCode === null) await once(launcher, 'exit');
      await sandbox.close();
    },
  };
}
