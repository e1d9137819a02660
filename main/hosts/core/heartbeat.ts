import type { Clock } from '../../core/ports.ts';

/** The launcher gives up after ten seconds without a beat, and so does systemd (`WatchdogSec=`). */
export const BEAT_MS = 2000;
/** What systemd is asked to wait for the next beat while the core starts, microseconds: as long as the launcher waits. */
const STARTING_US = 120_000_000;

export interface HeartbeatDeps {
  readonly clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  /** Takes one line with its end; null: no launcher reads it. */
  readonly launcher: ((line: string) => void) | null;
  /** Takes assignments of sd_notify(3) and says whether they were handed over; null: not under systemd. */
  readonly systemd: ((state: string) => boolean) | null;
}

export interface Heartbeat {
  /** Hosts may connect from now on. */
  ready(): void;
  /** The end was asked for; it may take its time. */
  stopping(): void;
}

/** Says every two seconds, from the event loop itself, that the loop still turns. Nothing else must ever send a beat. */
export function startHeartbeat({ clock, launcher, systemd }: HeartbeatDeps): Heartbeat {
  let phase: 'starting' | 'listening' | 'ready' = 'starting';
  const beat = () => {
    launcher?.('{"type":"beat"}\n');
    switch (phase) {
      case 'starting':
        systemd?.(`EXTEND_TIMEOUT_USEC=${STARTING_US}`);
        break;
      case 'listening':
        // Said again with every beat until it was handed over: systemd would wait for it in vain, and then end the core.
        if (systemd?.('READY=1\nWATCHDOG=1') === true) phase = 'ready';
        break;
      case 'ready':
        systemd?.('WATCHDOG=1');
    }
  };
  const again = () => {
    beat();
    clock.setTimeout(again, BEAT_MS);
  };
  again();
  return {
    ready() {
      phase = 'listening';
      beat();
    },
    stopping: () => void systemd?.('STOPPING=1'),
  };
}
