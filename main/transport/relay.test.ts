import { beforeEach, expect, test } from 'vitest';
import { type PairedPort, portPair } from '../../test/support/port-pair.ts';
import { createListeners } from '../contract/listeners.ts';
import { CoreMessage, type Snapshot } from '../contract/page-protocol.ts';
import type { CoreLink } from './core-link.ts';
import { CORE_GRACE_MS, Relay } from './relay.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import type { Timers } from './timers.ts';

const flush = () => new Promise((resolve) => setImmediate(resolve));
const hello = JSON.stringify({ type: 'hello', v: 1 });
const snapshotOf = (screen: Snapshot['screen'], step: number, session = false): Snapshot => ({
  ...startingSnapshot(null),
  screen,
  step,
  session,
});

function fakeCore() {
  const message = createListeners<[string]>();
  const ups = createListeners<[]>();
  const downs = createListeners<[]>();
  const sent: string[] = [];
  let up = false;
  const link: CoreLink = {
    send(text) {
      if (up) sent.push(text);
      return up;
    },
    get up() {
      return up;
    },
    onUp: ups.add,
    onDown: downs.add,
    onMessage: message.add,
    close: () => {},
  };
  return {
    link,
    sent,
    rise() {
      up = true;
      ups.emit();
    },
    fall() {
      up = false;
      downs.emit();
    },
    say: (snapshot: Snapshot) => message.emit(JSON.stringify({ type: 'snapshot', snapshot })),
    raw: message.emit,
  };
}

let core: ReturnType<typeof fakeCore>;
let relay: Relay;
let painted: number[];
let waiting: (() => void) | null;
let lines: string[];

const timers: Timers = {
  now: () => 0,
  setTimeout(run, ms) {
    expect(ms).toBe(CORE_GRACE_MS);
    waiting = run;
    return run;
  },
  clearTimeout(handle) {
    if (handle === waiting) waiting = null;
  },
};

beforeEach(() => {
  core = fakeCore();
  painted = [];
  lines = [];
  waiting = null;
  relay = new Relay({
    core: core.link,
    timers,
    log: (event, fields) => lines.push(`${event} ${fields && 'reason' in fields ? fields.reason : ''}`),
    onPainted: (step) => painted.push(step),
  });
});

function page() {
  const [near, far] = portPair();
  const screens: string[] = [];
  near.onMessage((text) => {
    const message = CoreMessage.parse(JSON.parse(text));
    if (message.type === 'refused') screens.push(message.code);
    else if (message.type === 'snapshot') screens.push(`${message.snapshot.screen.name} ${message.snapshot.step}`);
  });
  relay.addPage(far);
  near.send(hello);
  return { near: near as PairedPort, screens };
}

test('a page before the core ever spoke sees "starting"', async () => {
  const { screens } = page();
  await flush();
  expect(screens).toEqual(['out-of-order 1']);
});

test('snapshots reach every page, intents reach the core, painted reaches the watchdog only', async () => {
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 5));
  const one = page();
  const two = page();
  await flush();
  core.say(snapshotOf({ name: 'about-set-up' }, 6));
  one.near.send(JSON.stringify({ type: 'intent', intent: { type: 'call-staff' } }));
  one.near.send(JSON.stringify({ type: 'painted', step: 6 }));
  await flush();
  expect([one.screens, two.screens]).toEqual([
    ['attract 5', 'about-set-up 6'],
    ['attract 5', 'about-set-up 6'],
  ]);
  expect(core.sent).toEqual([hello, '{"type":"intent","intent":{"type":"call-staff"}}']);
  expect(painted).toEqual([6]);
});

test('what does not parse never reaches the core, or a page', async () => {
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 5));
  const { near, screens } = page();
  near.send('{"type":"intent","intent":{"type":"pin","digits":"4711"}}');
  core.raw('{"type":"snapshot","snapshot":{"html":"<script>"}}');
  core.raw('nonsense');
  await flush();
  expect(screens).toEqual(['attract 5', 'malformed']);
  expect(core.sent).toEqual([hello]);
  expect(lines).toEqual(['host.refused core-message', 'host.refused core-message', 'port.refused malformed']);
});

test('an intent for a screen that the page was not sent yet does not reach the core', async () => {
  core.rise();
  core.say(snapshotOf({ name: 'menu', can: ['check'], cardPresent: false }, 2));
  const { near } = page();
  const press = (step: number) => JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: 'start' } });
  for (const step of [3, 4, 1_000_000]) near.send(press(step));
  await flush();
  expect(core.sent).toEqual([hello]);
  expect(lines).toEqual(Array(3).fill('host.refused step'));
  for (const step of [1, 2]) near.send(press(step));
  core.say(snapshotOf({ name: 'attract', can: [] }, 3));
  near.send(press(3));
  await flush();
  expect(core.sent).toEqual([hello, press(1), press(2), press(3)]);
});

test('the core goes during a session: the screen is wiped at once', async () => {
  core.rise();
  core.say(
    snapshotOf(
      {
        name: 'issued',
        myKeyId: '12345678',
        alreadySet: false,
        goesOn: 'sign-up',
        receipt: '1234567897',
        slip: { state: 'none' },
      },
      7,
      true,
    ),
  );
  const { screens } = page();
  await flush();
  core.fall();
  const late = page();
  await flush();
  expect(screens).toEqual(['issued 7', 'out-of-order 8']);
  expect(late.screens).toEqual(['out-of-order 8']);
});

test('the core goes with nobody there: the last screen stays for the grace time, also for a page that comes then', async () => {
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 5));
  core.fall();
  const { screens } = page();
  await flush();
  expect(screens).toEqual(['attract 5']);
  waiting?.();
  await flush();
  expect(screens).toEqual(['attract 5', 'out-of-order 6']);
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 1));
  await flush();
  expect(screens).toEqual(['attract 5', 'out-of-order 6', 'attract 1']);
});

test('the core comes back within the grace time: nobody sees a thing', async () => {
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 5));
  core.fall();
  core.rise();
  core.say(snapshotOf({ name: 'attract', can: [] }, 1));
  expect(waiting).toBeNull();
});

test('an intent made while the core is away is not kept for later', async () => {
  const { near } = page();
  near.send(JSON.stringify({ type: 'intent', intent: { type: 'call-staff' } }));
  await flush();
  core.rise();
  expect(core.sent).toEqual([hello]);
});

const pictures = (got: string[]) => got.filter((text) => text.includes('"type":"photo"'));
async function twoPages(): Promise<[PairedPort, string[], string[]]> {
  core.rise();
  const heard = [0, 1].map(() => {
    const [near, far] = portPair();
    const got: string[] = [];
    near.onMessage((text) => got.push(text));
    relay.addPage(far);
    near.send(hello);
    return { near, got };
  });
  await flush();
  const [first, second] = heard;
  if (first === undefined || second === undefined) throw new Error('two pages');
  return [first.near, first.got, second.got];
}
const picture = '{"type":"photo","shot":3,"jpeg":"AAAA"}';

test('a picture reaches the page that asked for it, once, and no other', async () => {
  const [page, own, other] = await twoPages();
  core.raw(picture);
  await flush();
  expect(pictures(own)).toEqual([]);
  page.send('{"type":"want-photo","shot":3}');
  await flush();
  expect(core.sent.at(-1)).toBe('{"type":"want-photo","shot":3}');
  core.raw('{"type":"photo","shot":2,"jpeg":"BBBB"}');
  core.raw(picture);
  core.raw(picture);
  await flush();
  expect(pictures(own)).toEqual([picture]);
  expect(pictures(other)).toEqual([]);
});

test('a page that was behind has its picture asked for again; a core that died answers nobody', async () => {
  const [page, own] = await twoPages();
  page.hold(true);
  core.say(snapshotOf({ name: 'attract', can: [] }, 5));
  page.send('{"type":"want-photo","shot":3}');
  await flush();
  core.raw(picture);
  page.hold(false);
  await flush();
  expect(core.sent.filter((text) => text.includes('want-photo'))).toHaveLength(2);
  core.raw(picture);
  await flush();
  expect(pictures(own)).toEqual([picture]);
  page.send('{"type":"want-photo","shot":3}');
  await flush();
  core.fall();
  core.rise();
  core.raw(picture);
  await flush();
  expect(pictures(own)).toEqual([picture]);
});

test('a picture from a page is passed on as it was parsed', async () => {
  const [page] = await twoPages();
  const photo = JSON.stringify({ type: 'photo', step: 1, jpeg: 'A'.repeat(400_000), hints: [] });
  page.send(photo);
  await flush();
  expect(core.sent.at(-1)).toBe(photo);
});
