import { expect, it } from 'vitest';
import { awaySnapshot } from './away-snapshot.ts';
import type { ChannelEvents } from './channel.ts';
import { connect } from './connect.ts';
import { LONGEST_WAIT_MS } from './keep-connection.ts';

/** A host that is opened and closed by hand; every attempt is kept. */
function bench(random = 0) {
  const attempts: { events: ChannelEvents; sent: string[] }[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const seen: string[] = [];
  const connection = connect({
    open(events) {
      const sent: string[] = [];
      attempts.push({ events, sent });
      return { send: (text) => void sent.push(text), close: () => undefined };
    },
    timers: {
      setTimeout(run, ms) {
        const timer = { run, ms };
        timers.push(timer);
        return timer;
      },
      clearTimeout: (timer) => void timers.splice(timers.indexOf(timer as { run: () => void; ms: number }), 1),
    },
    random: () => random,
    onSnapshot: (snapshot) => void seen.push(`step ${snapshot.step}`),
    onPhoto: ({ shot, jpeg }) => void seen.push(`photo ${shot} ${jpeg}`),
    onAway: () => void seen.push('away'),
  });
  const last = () => {
    const attempt = attempts.at(-1);
    if (attempt === undefined) throw new Error('no attempt');
    return attempt;
  };
  return { connection, attempts, timers, seen, last };
}

it('greets, and takes only snapshots that the contract knows', () => {
  const { seen, last } = bench();
  last().events.open();
  expect(last().sent).toEqual(['{"type":"hello","v":1}']);
  for (const text of ['', 'nonsense', '{}', '{"type":"snapshot"}', '{"type":"refused","code":"malformed"}'])
    last().events.message(text);
  expect(seen).toEqual([]);
  last().events.message(JSON.stringify({ type: 'snapshot', snapshot: { ...awaySnapshot(null), step: 3 } }));
  expect(seen).toEqual(['step 3']);
});

it('drops what is pressed while the host is away, for ever', () => {
  const { connection, timers, seen, last } = bench();
  connection.intend({ type: 'active' });
  expect(last().sent).toEqual([]);
  last().events.open();
  last().events.close();
  expect(seen).toEqual(['away']);
  connection.intend({ type: 'press', step: 1, button: 'agree' });
  timers.shift()?.run();
  last().events.open();
  expect(last().sent).toEqual(['{"type":"hello","v":1}']);
});

it('waits longer after every failure, up to a limit, and anew after a snapshot', () => {
  const { timers, last } = bench();
  const waits: number[] = [];
  for (let failure = 0; failure < 7; failure += 1) {
    last().events.close();
    const timer = timers.shift();
    waits.push(timer?.ms ?? 0);
    timer?.run();
  }
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, LONGEST_WAIT_MS, LONGEST_WAIT_MS]);
  last().events.open();
  last().events.message(JSON.stringify({ type: 'snapshot', snapshot: awaySnapshot(null) }));
  last().events.close();
  expect(timers.shift()?.ms).toBe(250);
});

it('does not come back after it was closed', () => {
  const { connection, timers, attempts, last } = bench();
  last().events.open();
  connection.close();
  last().events.close();
  expect(timers).toEqual([]);
  expect(attempts).toHaveLength(1);
});
