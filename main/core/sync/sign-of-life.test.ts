import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { PlatformAnswer } from '../ports.ts';
import { SignOfLife } from './sign-of-life.ts';

function harness({ maintenance = false } = {}) {
  const clock = createManualClock();
  const state = { line: 'online' as 'online' | 'offline', failures: 0, heardAt: Number.NEGATIVE_INFINITY, wait: 0, silent: 0 };
  const said: unknown[] = [];
  let answer = () => {};
  const life = new SignOfLife({
    client: {
      status: () =>
        new Promise((resolve) => {
          answer = () => resolve({ ok: true, value: { body: { maintenance, time: '2026-11-28T05:00:00Z' }, date: null } });
        }),
    },
    clock,
    pace: { failures: () => state.failures, pollMs: (ms) => ms, wait: () => state.wait },
    line: {
      get name() {
        return state.line;
      },
      silent: () => {
        state.silent += 1;
      },
    },
    requests: {
      async background<T>(_purpose: string, request: () => Promise<PlatformAnswer<T>>) {
        const result = await request();
        said.push(result.ok ? 'ok' : result.error.kind);
        return result;
      },
      get heardAt() {
        return state.heardAt;
      },
    },
    pollMs: 30_000,
  });
  return { clock, state, said, life, answer: () => answer() };
}
const { signal } = new AbortController();

it('is due so long after the last one, or after a good answer to anything', async () => {
  const { clock, state, life, answer } = harness();
  expect(life.untilDue()).toBe(0);
  const asked = life.ask(signal);
  answer();
  await asked;
  clock.advance(10_000);
  expect(life.untilDue()).toBe(20_000);
  state.heardAt = clock.monotonic();
  expect(life.untilDue()).toBe(30_000);
});

it('after a failure it is due as soon as its back-off allows', async () => {
  const { state, life, answer } = harness();
  const asked = life.ask(signal);
  answer();
  await asked;
  Object.assign(state, { line: 'offline', failures: 1, wait: 4000 });
  expect(life.untilDue()).toBe(4000);
});

it('the line counts as down after ten seconds without an answer, which is still waited for', async () => {
  const { clock, state, said, life, answer } = harness();
  const asked = life.ask(signal);
  clock.advance(9999);
  expect(state.silent).toBe(0);
  clock.advance(1);
  expect(state.silent).toBe(1);
  answer();
  await asked;
  expect(said).toEqual(['ok']);
});

it('a platform that says it is under maintenance is a busy one', async () => {
  const { said, life, answer } = harness({ maintenance: true });
  const asked = life.ask(signal);
  answer();
  await asked;
  expect(said).toEqual(['busy']);
});
