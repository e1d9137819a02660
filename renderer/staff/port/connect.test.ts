import { expect, it } from 'vitest';
import type { StaffState } from '../../../main/contract/staff.ts';
import type { ChannelEvents } from '../../connection/channel.ts';
import { connectStaff } from './connect.ts';

const state: StaffState = {
  v: 1,
  terminal: { id: 'K-1', name: { ja: '窓口' } },
  access: 'closed',
  lockedUntil: null,
  triesLeft: null,
  refused: null,
  role: 'clerk',
  keyName: 'window 1',
  closesIn: null,
  help: null,
};

function setUp() {
  const channels: ChannelEvents[] = [];
  const sent: unknown[] = [];
  const waits: { run: () => void; ms: number }[] = [];
  const seen: StaffState[] = [];
  let away = 0;
  let keyless = 0;
  const connection = connectStaff({
    open: (events) => {
      channels.push(events);
      return { send: (text) => void sent.push(JSON.parse(text)), close: () => {} };
    },
    timers: { setTimeout: (run, ms) => waits.push({ run, ms }), clearTimeout: () => {} },
    random: () => 0,
    onState: (one) => seen.push(one),
    onAway: () => {
      away += 1;
    },
    onKeyless: () => {
      keyless += 1;
    },
  });
  return { channels, sent, waits, seen, connection, away: () => away, keyless: () => keyless };
}

it('says nothing by itself, matches answers to requests by number, in whatever order they come', async () => {
  const { channels, sent, connection, seen } = setUp();
  channels[0]?.open();
  expect(sent).toEqual([]);
  channels[0]?.message(JSON.stringify({ type: 'state', state }));
  expect(seen).toEqual([state]);
  const [one, two] = [connection.ask({ what: 'queue' }), connection.ask({ what: 'retry-now' })];
  channels[0]?.message(JSON.stringify({ type: 'answer', id: 2, answer: { what: 'done' } }));
  channels[0]?.message(JSON.stringify({ type: 'failed', id: 1, error: 'storage' }));
  expect(await two).toEqual({ ok: true, answer: { what: 'done' } });
  expect(await one).toEqual({ ok: false, error: 'storage' });
});

it('takes nothing that is not a message of the core', () => {
  const { channels, seen } = setUp();
  channels[0]?.open();
  for (const text of ['', '{', '{"type":"state"}', JSON.stringify({ type: 'state', state: { ...state, more: 1 } })]) {
    channels[0]?.message(text);
  }
  expect(seen).toEqual([]);
});

it('a lost connection fails what was asked, comes again with back-off, and sends nothing that was said meanwhile', async () => {
  const { channels, sent, connection, waits, away } = setUp();
  channels[0]?.open();
  const asked = connection.ask({ what: 'queue' });
  channels[0]?.close();
  expect(await asked).toEqual({ ok: false, error: 'away' });
  expect(await connection.ask({ what: 'queue' })).toEqual({ ok: false, error: 'away' });
  connection.say({ type: 'close' });
  for (let n = 0; n < 6; n++) {
    waits.at(-1)?.run();
    channels.at(-1)?.close();
  }
  expect(waits.map(({ ms }) => ms)).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
  waits.at(-1)?.run();
  channels.at(-1)?.open();
  expect(sent.map((message) => (message as { type: string }).type)).toEqual(['ask']);
  expect(away()).toBe(1);
});

it.each([
  ['a key that the kiosk does not know', { type: 'state', state: { ...state, access: 'unknown-key', role: null } }, 0],
  ['a browser that has lost its half', { type: 'refused', code: 'no-key' }, 1],
])('%s is not tried again', (_, message, keyless) => {
  const { channels, waits, away, ...rest } = setUp();
  channels[0]?.open();
  channels[0]?.message(JSON.stringify(message));
  channels[0]?.close();
  expect([waits.length, away(), rest.keyless()]).toEqual([0, 0, keyless]);
});
