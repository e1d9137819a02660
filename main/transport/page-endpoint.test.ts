import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { type PairedPort, portPair } from '../../test/support/port-pair.ts';
import { MOST_PHOTO_TEXT } from '../contract/application.ts';
import { createListeners } from '../contract/listeners.ts';
import { CoreMessage, type Intent, MAX_PAGE_MESSAGE, MAX_PHOTO_MESSAGE, type Snapshot } from '../contract/page-protocol.ts';
import { type KioskView, servePage } from './page-endpoint.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import type { Timers } from './timers.ts';

let now = 0;
let lines: string[] = [];
let handled: Intent[] = [];
let photos: unknown[] = [];
let snapshot: Snapshot = startingSnapshot(null);
let got: string[] = [];
let page: PairedPort;
let changes = createListeners<[Snapshot]>();

const timers: Timers = { now: () => now, setTimeout: () => null, clearTimeout: () => {} };
const kiosk: KioskView = {
  snapshot: () => snapshot,
  onSnapshot: (listener) => changes.add(listener),
  handle: (intent) => void handled.push(intent),
  photo: (photo) => void photos.push(photo),
  cameras: { take: () => undefined },
  picture: (shot) => (shot === 7 ? 'AAAA' : null),
};
const flush = () => new Promise((resolve) => setImmediate(resolve));
const steps = () =>
  got
    .map((text) => CoreMessage.parse(JSON.parse(text)))
    .map((m) => (m.type === 'snapshot' ? m.snapshot.step : m.type === 'photo' ? m.jpeg : m.code));
const change = (step: number) => {
  snapshot = { ...snapshot, step };
  changes.emit(snapshot);
};
const hello = JSON.stringify({ type: 'hello', v: 1 });
const press = JSON.stringify({ type: 'intent', intent: { type: 'press', step: 4, button: 'next' } });

beforeEach(() => {
  now = 0;
  lines = [];
  handled = [];
  photos = [];
  got = [];
  changes = createListeners();
  snapshot = startingSnapshot(null);
  const [a, b] = portPair();
  page = a;
  const mine = got;
  page.onMessage((text) => mine.push(text));
  servePage(b, kiosk, (event, fields) => lines.push(JSON.stringify({ event, ...fields })), timers);
});

test('hello is answered with the snapshot of this moment; changes follow', async () => {
  change(2);
  page.send(hello);
  await flush();
  change(3);
  await flush();
  expect(steps()).toEqual([2, 3]);
});

test('nothing is sent to a page that did not say hello', async () => {
  change(2);
  await flush();
  expect(got).toEqual([]);
});

test('an intent arrives as it was sent', async () => {
  page.send(press);
  await flush();
  expect(handled).toEqual([{ type: 'press', step: 4, button: 'next' }]);
});

test('a slow reader gets the newest snapshot when it has caught up, and not the ones between', async () => {
  page.send(hello);
  await flush();
  page.hold(true);
  for (let step = 2; step <= 50; step += 1) change(step);
  page.hold(false);
  await flush();
  // 1: the greeting. 2: under way when the reader stopped. 50: the newest.
  expect(steps()).toEqual([1, 2, 50]);
});

test('what does not parse is refused without an echo, and the connection goes on', async () => {
  const bad = [
    '',
    'x',
    '{}',
    '[]',
    'null',
    '{"type":"secret-4711"}',
    `${press.slice(0, -1)},"pin":"4711"}`,
    '{"type":"hello","v":2}',
  ];
  for (const text of bad) page.send(text);
  page.send('x'.repeat(MAX_PAGE_MESSAGE + 1));
  page.send(hello);
  await flush();
  expect(steps()).toEqual([...bad.map(() => 'malformed'), 'too-large', 1]);
  expect(handled).toEqual([]);
  expect([...got, ...lines].join()).not.toContain('4711');
  expect(lines.length).toBe(bad.length + 1);
});

test('the size limit counts bytes, not characters', async () => {
  page.send('漢'.repeat(MAX_PAGE_MESSAGE / 3 + 1));
  await flush();
  expect(steps()).toEqual(['too-large']);
});

test('no input at all makes it throw', async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((intent) => JSON.stringify({ type: 'intent', intent })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(texts), async (all) => {
      now += 10_000;
      for (const text of all) page.send(text);
      await flush();
    }),
  );
  expect(handled).toEqual([]);
});

test('more than 200 in a second: the rest is dropped, said and logged once a second, then served again', async () => {
  for (let i = 0; i < 1000; i += 1) page.send(press);
  await flush();
  expect(handled.length).toBe(200);
  expect(steps()).toEqual(['too-many']);
  expect(lines).toEqual(['{"event":"port.refused","reason":"too-many"}']);
  now += 500;
  for (let i = 0; i < 1000; i += 1) page.send(press);
  await flush();
  expect(handled.length).toBe(300);
  expect(lines.length).toBe(1);
});

const photo = (jpeg: string) => JSON.stringify({ type: 'photo', step: 3, jpeg, hints: ['tilted'] });
const longest = 'A'.repeat(MOST_PHOTO_TEXT);

test('a picture may be long, and nothing else may', async () => {
  page.send(photo(longest));
  page.send(photo('A'.repeat(MAX_PHOTO_MESSAGE)));
  page.send(` ${photo(longest)}`);
  page.send(JSON.stringify({ step: 3, type: 'photo', jpeg: longest, hints: [] }));
  page.send(`{"type":"photographs","jpeg":"${longest}"}`);
  await flush();
  expect(photos).toEqual([{ step: 3, jpeg: longest, hints: ['tilted'] }]);
  expect(steps()).toEqual(['too-large', 'too-large', 'too-large', 'too-large']);
});

test('what is no picture of the contract is refused, and nothing of it is repeated', async () => {
  for (const text of [photo(''), photo('no base64!'), photo('AAA'), photo('AAAA').replace('"tilted"', '"ugly"')]) {
    now += 1000;
    page.send(text);
  }
  await flush();
  expect(photos).toEqual([]);
  expect(steps()).toEqual(['malformed', 'malformed', 'malformed', 'malformed']);
  expect([...got, ...lines].join()).not.toMatch(/base64!|AAA|ugly/);
});

test('pictures come few a second, and pressing goes on all the while', async () => {
  for (let n = 0; n < 50; n++) page.send(photo('AAAA'));
  page.send(press);
  await flush();
  expect(photos).toHaveLength(4);
  expect(handled).toHaveLength(1);
  now += 1000;
  for (let n = 0; n < 50; n++) page.send(photo('AAAA'));
  await flush();
  expect(photos).toHaveLength(8);
});

test('a picture is answered to who asks, `null` where there is none, and later to a page that was behind', async () => {
  page.send('{"type":"want-photo","shot":7}');
  page.send('{"type":"want-photo","shot":8}');
  await flush();
  expect(steps()).toEqual(['AAAA', null]);
  page.send(hello);
  await flush();
  page.hold(true);
  change(2);
  page.send('{"type":"want-photo","shot":7}');
  await flush();
  change(3);
  await flush();
  page.hold(false);
  await flush();
  expect(steps()).toEqual(['AAAA', null, 1, 2, 3, 'AAAA']);
});

test('a closed Port hears nothing more', async () => {
  page.send(hello);
  await flush();
  page.close();
  await flush();
  change(9);
  await flush();
  expect(steps()).toEqual([1]);
});
