import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { CardHostRequest } from '../../contract/card-host.ts';
import type { LineFrame } from '../../contract/card-line.ts';
import { HostSupervisor } from './host-supervisor.ts';

const settle = () => new Promise<void>((done) => setImmediate(done));

function harness() {
  const clock = createManualClock();
  const noted: string[] = [];
  const sent: CardHostRequest[] = [];
  const hears = {
    say: (_message: unknown) => {},
    answer: (_frame: LineFrame | null) => {},
    exit: (_how: { code: number; signal: string }) => {},
  };
  const supervisor = new HostSupervisor({
    clock,
    spawn: () => {
      noted.push('spawn');
      return {
        send: (request) => void sent.push(request),
        command() {},
        onAnswer(listener) {
          hears.answer = listener;
        },
        onMessage(listener) {
          hears.say = listener;
        },
        onExit(listener) {
          hears.exit = listener;
        },
        kill: () => void noted.push('kill'),
      };
    },
    log: (event, fields) => void noted.push(JSON.stringify(fields ?? '').includes('reason') ? `${event} refused` : event),
    startCall: () => ({ op: 'start', firstSession: 5, readers: [] }),
    onEvent: ({ type }) => void noted.push(`event ${type}`),
    onLost: () => void noted.push('lost'),
  });
  supervisor.start();
  const pass = async (ms: number) => {
    for (let n = 0; n < ms; n += 100) {
      clock.advance(100);
      await settle();
    }
  };
  return {
    ...{ supervisor, noted, sent, pass },
    say: (message: unknown) => hears.say(message),
    answer: (frame: LineFrame | null) => hears.answer(frame),
    exit: () => hears.exit({ code: 1, signal: '' }),
  };
}

it('tells a host that starts what it must know, and passes on what it says', () => {
  const { sent, noted, say } = harness();
  expect(sent).toEqual([{ id: 0, op: 'start', firstSession: 5, readers: [] }]);
  say({ type: 'service', up: true });
  expect(noted).toEqual(['spawn', 'event service']);
});

it('a host that dies is lost at once, and another one is started after the wait', async () => {
  const { supervisor, noted, exit, pass, say } = harness();
  exit();
  expect(noted).toEqual(['spawn', 'lost', 'card-host.exited']);
  expect(supervisor.running).toBeNull();
  say({ type: 'service', up: true });
  await pass(100);
  expect(noted).toHaveLength(3);
  await pass(100);
  expect(noted.at(-1)).toBe('spawn');
});

it('a host that talks nonsense is ended: no shape, an answer to nothing, a line that cannot be read', () => {
  for (const nonsense of [
    ({ say }: ReturnType<typeof harness>) => say({ type: 'other' }),
    ({ say }: ReturnType<typeof harness>) => say({ type: 'reply', id: 77, result: { ok: true, value: null } }),
    ({ answer }: ReturnType<typeof harness>) => answer(null),
    ({ answer }: ReturnType<typeof harness>) => answer({ id: 77, session: 1, bytes: Uint8Array.of(0x90, 0) }),
  ]) {
    const one = harness();
    nonsense(one);
    expect(one.noted).toEqual(['spawn', expect.stringMatching(/^card-host\.message-refused /), 'kill', 'lost']);
  }
});

it('stop asks first, ends it after a second and a half, and starts no other', async () => {
  const { supervisor, noted, sent, exit, pass } = harness();
  const stopped = supervisor.stop();
  expect(sent.at(-1)?.op).toBe('stop');
  await pass(1500);
  expect(noted.at(-1)).toBe('kill');
  exit();
  await stopped;
  await pass(20_000);
  expect(noted.filter((one) => one === 'spawn')).toHaveLength(1);
});
