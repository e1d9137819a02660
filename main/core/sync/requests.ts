import type { Log } from '../../contract/log-events.ts';
import type { Clock, PlatformAnswer, PlatformError } from '../ports.ts';
import type { LineState } from './line-state.ts';
import type { Pace, Purpose } from './pace.ts';
import type { PlatformTime } from './platform-time.ts';

/** Worth a line in the log. */
const SKEW_MS = 60_000;

const ofLine = (purpose: Purpose) => purpose === 'batches' || purpose === 'status';

/** What every request to the platform has in common: what its answer says of the time, of the line, and of when to ask again. */
export interface Requests {
  /** A person's: outside the budget. */
  timed<T>(request: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T>>;
  /** A background request whose success and failure say all. */
  background<T>(purpose: Purpose, request: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T>>;
  worked(purpose: Purpose): void;
  /** @param silenceMs how long nothing had been heard */
  failed(purpose: Purpose, error: PlatformError, silenceMs?: number): void;
  /** Monotonic ms of the last good answer to anything. */
  readonly heardAt: number;
  /** False: batches get through while the status page fails, which then says nothing about the way. */
  readonly statusTells: boolean;
}

export function createRequests(options: {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly log: Log;
  readonly pace: Pace;
  readonly line: LineState;
  readonly time: PlatformTime;
}): Requests {
  const { clock, log, pace, line, time } = options;

  let heardAt = Number.NEGATIVE_INFINITY;
  let statusTells = true;
  const timed = async <T>(request: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T>> => {
    const sentAt = time.uptime();
    const answer = await request();
    if (answer.ok) heardAt = clock.monotonic();
    const date = answer.ok ? answer.value.date : null;
    if (date !== null) {
      time.note(date, sentAt, time.uptime());
      const skewMs = clock.now() - date;
      if (Math.abs(skewMs) > SKEW_MS) log('sync.skew', { skewMs });
    }
    return answer;
  };
  const worked = (purpose: Purpose) => {
    if (purpose === 'status') statusTells = true;
    if (purpose === 'batches' && pace.failures('status') > 0) statusTells = false;
    pace.worked(purpose);
    // That challenges can be had does not make a line of one over which batches do not get through.
    if (ofLine(purpose) || pace.worst === 0) line.worked(pace.worst);
  };
  const failed = (purpose: Purpose, error: PlatformError, silenceMs = 0) => {
    const waitMs = pace.failed(purpose, error, clock.monotonic(), silenceMs);
    const failures = pace.failures(purpose);
    // A stock or a catalogue that cannot be had does not keep anybody from delivering.
    line.failed(error, ofLine(purpose) ? failures : 1);
    log('sync.back-off', { waitMs, failures });
  };
  return {
    timed,
    async background(purpose, request) {
      const began = clock.monotonic();
      pace.began(purpose, began);
      const answer = await timed(request);
      if (answer.ok) worked(purpose);
      else failed(purpose, answer.error, clock.monotonic() - began);
      return answer;
    },
    worked,
    failed,
    get statusTells() {
      return statusTells;
    },
    get heardAt() {
      return heardAt;
    },
  };
}
