import { setTimeout as sleep } from 'node:timers/promises';
import { printRows } from '../apart.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { allProcesses, type ProcessFacts, roleOf, treeOf } from './processes.ts';
import { byRole, type Share } from './roles.ts';
import { HOST_WORDS, type HostName, makeScreens, type RunningScreen } from './screens.ts';

/** Where a pcscd and a display are. One minute each, whatever the rounds: what takes a minute's processor time does not depend on others much. */
const SETTLED_MS = 25_000;
const WATCHED_MS = Number(process.env.BENCH_IDLE_MS ?? 60_000);
const GOAL_PERCENT = 2;
const screens = await makeScreens();

const sum = (shares: readonly Share[]) => shares.reduce((total, { value }) => total + value, 0);

/** @returns % of a core by process; `others`: what works for the kiosk and is not of it */
async function watched(screen: RunningScreen): Promise<{ own: Share[]; others: Share[] }> {
  const before = new Map(allProcesses().map(({ pid, usedMs }) => [pid, usedMs]));
  const began = performance.now();
  await sleep(WATCHED_MS);
  const all = allProcesses();
  const passed = performance.now() - began;
  const share = ({ pid, words, usedMs }: ProcessFacts): Share => ({
    role: roleOf(words),
    value: ((usedMs - (before.get(pid) ?? 0)) * 100) / passed,
  });
  const own = treeOf(screen.pid, all);
  const helpers = all.filter(({ words }) => /pcscd|Xvfb/.test(words[0] ?? ''));
  return { own: own.map(share), others: helpers.map(share) };
}

async function idleOn(host: HostName, { say }: BenchOptions): Promise<BenchRow[]> {
  const empty = screens.startEmpty(host);
  await sleep(SETTLED_MS);
  const floor = await watched(empty);
  await empty.stop();
  const kiosk = screens.startKiosk(host);
  await sleep(SETTLED_MS);
  const page = await kiosk.page();
  await page.see('attract');
  page.close();
  const { own, others } = await watched(kiosk);
  await kiosk.stop();
  const [value, least] = [sum(own), sum(floor.own)];
  const parts = byRole(own, '% of a core');
  say(
    `idle: ${HOST_WORDS[host]}: ${[...parts, ...byRole(others, '% of a core')].map((part) => `${part.part} ${part.value.toFixed(2)} %`).join(', ')}`,
  );
  const what = `${HOST_WORDS[host]}: attract screen, all processes of the kiosk over ${WATCHED_MS / 1000} s; floor: an empty React page`;
  const figure = { bench: 'idle', what, value, unit: '% of a core', floor: least, ratio: least === 0 ? null : value / least };
  return [await judgedRow(figure, atMost(GOAL_PERCENT, '% of a core'), () => parts)];
}

try {
  await printRows('idle', { electron: (options) => idleOn('electron', options), node: (options) => idleOn('node', options) });
} finally {
  screens.close();
}
