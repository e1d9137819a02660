import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { SILENCE } from '../launch/silence.ts';
import { BEAT_MS, startHeartbeat } from './heartbeat.ts';
import { beatsToLauncher, beatsToSystemd } from './watchers.ts';

it('beats at once and every two seconds; systemd hears when the core is ready, and that it goes', () => {
  const clock = createManualClock();
  const [lines, states]: [string[], string[]] = [[], []];
  const heartbeat = startHeartbeat({
    clock,
    launcher: (line) => lines.push(line),
    systemd: (state) => {
      states.push(state);
      return true;
    },
  });
  clock.advance(3 * BEAT_MS);
  const starting = 'EXTEND_TIMEOUT_USEC=120000000';
  expect(states.splice(0)).toEqual([starting, starting, starting, starting]);
  heartbeat.ready();
  clock.advance(2 * BEAT_MS);
  heartbeat.stopping();
  expect(states).toEqual(['READY=1\nWATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'STOPPING=1']);
  expect(lines).toEqual(Array.from({ length: 7 }, () => '{"type":"beat"}\n'));
});

it('READY is said again until systemd took it', () => {
  const clock = createManualClock();
  const states: string[] = [];
  const heartbeat = startHeartbeat({
    clock,
    launcher: null,
    systemd: (state) => {
      states.push(state);
      return states.length > 3;
    },
  });
  heartbeat.ready();
  clock.advance(3 * BEAT_MS);
  expect(states.slice(1)).toEqual(['READY=1\nWATCHDOG=1', 'READY=1\nWATCHDOG=1', 'READY=1\nWATCHDOG=1', 'WATCHDOG=1']);
});

it('launcher, unit file and beat agree: three beats may be lost', () => {
  const unit = readFileSync(join(import.meta.dirname, '../../../kiosk-config/system/systemd/madoguchi-core.service'), 'utf8');
  const seconds = (key: string) => Number(new RegExp(`^${key}=(\\d+)$`, 'm').exec(unit)?.[1]);
  expect([seconds('WatchdogSec') * 1000, seconds('TimeoutStartSec') * 1000]).toEqual([SILENCE.listeningMs, SILENCE.startingMs]);
  expect(SILENCE.listeningMs).toBeGreaterThanOrEqual(4 * BEAT_MS);
  expect(unit).toMatch(/^Type=notify$/m);
  expect(unit).toMatch(/^NotifyAccess=main$/m);
});

it('a launcher that reads nothing gets no second line, and one that died does no harm', () => {
  const output = new PassThrough({ highWaterMark: 1 });
  const beat = beatsToLauncher(output as unknown as NodeJS.WriteStream);
  for (let n = 0; n < 1000; n++) beat('{"type":"beat"}\n');
  expect(output.writableLength + output.readableLength).toBeLessThan(100);
  output.destroy(new Error('EPIPE'));
  expect(() => beat('{"type":"beat"}\n')).not.toThrow();
});

it('what systemd gives the main process goes to no child', () => {
  const env = { PATH: '/bin', NOTIFY_SOCKET: '/nowhere/notify', WATCHDOG_USEC: '10000000', WATCHDOG_PID: '1' };
  beatsToSystemd(env, () => {});
  expect(env).toEqual({ PATH: '/bin' });
  expect(beatsToSystemd({ PATH: '/bin' }, () => {})).toBeNull();
});
