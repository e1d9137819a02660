import { expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { CardHostRequest, ReaderEvent } from '../../contract/card-host.ts';
import { createCardReader } from './card-reader.ts';
import { createHostCalls } from './host-calls.ts';
import type { HostProcess } from './host-process.ts';

/** A host that says what the test says. */
function scriptedHost(clock: ReturnType<typeof createManualClock>) {
  const sent: CardHostRequest[] = [];
  const killed: number[] = [];
  let hosts = 0;
  let say: (message: unknown) => void = () => {};
  let answers = true;
  const spawn = (): HostProcess => {
    hosts += 1;
    const mine = hosts;
    return {
      send(request) {
        sent.push(request);
        if (answers) say({ type: 'reply', id: request.id, result: { ok: true, value: null } });
      },
      // A command that the card takes its time for.
      command() {},
      onAnswer() {},
      onMessage(listener) {
        say = listener;
      },
      // A process that not even a kill ends: nothing is heard of it.
      onExit() {},
      kill: () => void killed.push(mine),
    };
  };
  const events: ReaderEvent[] = [];
  const reader = createCardReader({ spawn, clock, log: () => {}, settings: { names: [], commandTimeoutSeconds: 60 } });
  reader.onEvent((event) => events.push(event));
  reader.start();
  const begin = async () => {
    say({ type: 'hello', protocol: 2, pid: 1 });
    say({ type: 'service', up: true });
    say({ type: 'readers', names: ['r'] });
    say({ type: 'inserted', session: 1, reader: 'r', found: false });
    await settle();
  };
  return {
    reader,
    events,
    sent,
    killed,
    begin,
    freeze: () => {
      answers = false;
    },
    thaw: () => {
      answers = true;
    },
    hosts: () => hosts,
  };
}
const settle = () => new Promise<void>((done) => setImmediate(done));
const pass = async (clock: ReturnType<typeof createManualClock>, ms: number) => {
  for (let n = 0; n < ms; n += 100) {
    clock.advance(100);
    await settle();
  }
};

test('a host that answers no beat: the cause is told first, within 2.5 s, also where its process will not end; then another one', async () => {
  const clock = createManualClock();
  const h = scriptedHost(clock);
  await h.begin();
  await pass(clock, 10_000);
  expect(h.killed).toEqual([]);
  h.freeze();
  const before = h.events.length;
  await pass(clock, 2600);
  expect(h.killed).toEqual([1]);
  expect(h.events.slice(before)).toEqual([
    { type: 'service', up: false, why: 'host-gone' },
    { type: 'readers', names: [] },
    { type: 'removed', session: 1, reader: 'r' },
  ]);
  h.thaw();
  await pass(clock, 300);
  expect(h.hosts()).toBe(2);
  expect(h.sent.at(-1)).toMatchObject({ op: 'start', firstSession: 2 });
});

test('a command may take its time while the host beats', async () => {
  const clock = createManualClock();
  const h = scriptedHost(clock);
  await h.begin();
  const opened = await h.reader.open(1);
  if (!opened.ok) throw new Error(opened.error.code);
  const answer = opened.value.transmit(Uint8Array.of(0, 0x2a, 0x80, 0));
  await pass(clock, 20_000);
  expect(h.killed).toEqual([]);
  expect(h.events.filter(({ type }) => type === 'removed')).toEqual([]);
  h.freeze();
  await pass(clock, 2600);
  expect(await answer).toEqual({ ok: false, error: { code: 'host-gone' } });
});

test('the core itself stood still: what the host said meanwhile is read before a deadline counts', async () => {
  // After a stop every timer that fell due runs before anything is read; one that is made then runs later.
  const due: (() => void)[] = [];
  const clock = { ...createManualClock(), setTimeout: (run: () => void) => due.push(run), clearTimeout: () => {} };
  const sent: CardHostRequest[] = [];
  const quiet = { command() {}, onAnswer() {}, onMessage() {}, onExit() {}, kill() {} };
  const host = { ...quiet, send: (request: CardHostRequest) => void sent.push(request) };
  const late: string[] = [];
  const calls = createHostCalls(host, clock, (op) => late.push(op));
  const answer = calls.call({ op: 'beat' }, 2000);
  for (const run of due.splice(0)) run();
  calls.answered(sent[0]?.id ?? -1, { ok: true, value: null });
  expect(await answer).toEqual({ ok: true, value: null });
  expect(late).toEqual([]);
});
