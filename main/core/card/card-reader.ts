import type { CardHostError, CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import { CardHostMessage } from '../../contract/card-host.ts';
import type { LineFrame } from '../../contract/card-line.ts';
import type { Settings } from '../../contract/config.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { CardChannel, CardReader, Clock } from '../ports.ts';
import { createHostCalls, type HostCalls } from './host-calls.ts';
import type { HostProcess } from './host-process.ts';
import { createPresentCards } from './present-cards.ts';

export interface CardReaderOptions {
  readonly spawn: () => HostProcess;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings['reader'], 'names' | 'commandTimeoutSeconds'>;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Up so long: the next crash is a new story. */
const STEADY_MS = 5000;
/** A host may be slow to start (a cold disk); until it says so there is nothing on the screen to end. */
const START_MS = 10_000;
/**
 * From one beat to the next, and how long one may take. Together they are under the three seconds after which nothing personal may stand
 * on a screen whose card nobody watches.
 */
const BEAT_MS = 500;
const BEAT_LIMIT_MS = 2000;
/** A host that is asked to stop ends within a second; then it is ended. */
const STOP_MS = 1500;

interface Running {
  readonly host: HostProcess;
  readonly calls: HostCalls;
  readonly startedAt: number;
}

/**
 * The reader as the core sees it: a card host in a process of its own, started, watched, and replaced when it dies, hangs, stands still
 * or talks nonsense. Numbers of card sessions go on over all hosts, so no command can ever reach another person's card.
 */
export function createCardReader({ spawn, clock, log, settings }: CardReaderOptions): CardReader {
  const events = createListeners<[ReaderEvent]>();
  const lying = createPresentCards();
  const deadline = settings.commandTimeoutSeconds * 1000;
  let running: Running | null = null;
  let ended: (() => void) | null = null;
  let stopping = false;
  let attempt = 0;
  let wait = FIRST_WAIT_MS;
  let restartInMs = wait;
  let timer: unknown = null;

  const emit = (event: ReaderEvent) => {
    lying.note(event);
    events.emit(event);
  };

  /** Whatever it had is gone, also where its process will not end (a call into the kernel cannot be killed). */
  const lose = (gone: Running) => {
    if (running !== gone) return;
    running = null;
    gone.calls.fail({ code: 'host-gone' });
    for (const event of lying.forgetAll()) emit(event);
    if (stopping) return;
    if (clock.monotonic() - gone.startedAt > STEADY_MS) wait = FIRST_WAIT_MS;
    restartInMs = wait;
    timer = clock.setTimeout(start, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const end = (bad: Running) => {
    bad.host.kill();
    lose(bad);
  };

  /** It answers while it lives, whatever else is under way; else its deadline ends it. */
  const beat = async (mine: Running) => {
    const answer = await mine.calls.call({ op: 'beat' }, BEAT_LIMIT_MS);
    if (answer.ok) clock.setTimeout(() => running === mine && void beat(mine), BEAT_MS);
  };

  const refuse = (from: Running, reason: string) => {
    log('card-host.message-refused', { reason });
    end(from);
  };

  const receive = (from: Running, message: unknown) => {
    if (running !== from) return;
    const parsed = CardHostMessage.safeParse(message);
    if (!parsed.success) return refuse(from, 'shape');
    const { data } = parsed;
    if (data.type === 'hello') {
      log('card-host.started', { pid: data.pid, attempt });
      void beat(from);
    } else if (data.type !== 'reply') emit(data);
    else if (!from.calls.answered(data.id, data.result)) refuse(from, 'answer-to-nothing');
  };

  const receiveAnswer = (from: Running, frame: LineFrame | null) => {
    if (running !== from) return;
    if (frame === null) refuse(from, 'shape');
    else if (!from.calls.answered(frame.id, ok(frame.bytes))) refuse(from, 'answer-to-nothing');
  };

  const start = () => {
    timer = null;
    attempt += 1;
    const host = spawn();
    const calls = createHostCalls(host, clock, (op, afterMs) => {
      log('card-host.deadline', { op, afterMs });
      // It was stopped, it did not crash: no reason to wait longer each time.
      if (op === 'beat') wait = FIRST_WAIT_MS;
      end(mine);
    });
    const mine: Running = { host, calls, startedAt: clock.monotonic() };
    running = mine;
    host.onMessage((message) => receive(mine, message));
    host.onAnswer((frame) => receiveAnswer(mine, frame));
    host.onExit(({ code, signal }) => {
      lose(mine);
      if (stopping) ended?.();
      else log('card-host.exited', { code, signal, restartInMs });
    });
    void calls.call({ op: 'start', firstSession: lying.nextSession, readers: settings.names }, START_MS);
  };

  const channelOf = (session: CardSessionNumber, at: Running): CardChannel => {
    const { calls } = at;
    const on = lying.readerOf(session);
    let open = true;
    return {
      session,
      async transmit(apdu): Promise<Result<Uint8Array, CardHostError>> {
        if (!open) return err({ code: 'not-open' });
        // Its cards were told as removed, but it is the host that went, and that is what a person must hear.
        if (running !== at) return err({ code: 'host-gone' });
        if (!lying.lies(session)) return err({ code: lying.whyGone(on) });
        const answer = await calls.command(session, apdu, deadline);
        if (!answer.ok) return answer;
        return answer.value === null || answer.value.length < 2 ? err({ code: 'removed' }) : ok(answer.value);
      },
      async close(disposition) {
        if (!open) return;
        open = false;
        await calls.call({ op: 'close', session, disposition }, deadline);
      },
    };
  };

  return {
    start() {
      if (running === null && timer === null && !stopping) start();
    },
    async stop() {
      stopping = true;
      if (timer !== null) clock.clearTimeout(timer);
      timer = null;
      const last = running;
      if (last === null) return;
      const gone = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const kill = clock.setTimeout(() => last.host.kill(), STOP_MS);
      void last.calls.call({ op: 'stop' }, STOP_MS * 2);
      await gone;
      clock.clearTimeout(kill);
    },
    onEvent: events.add,
    async open(session) {
      const at = running;
      if (at === null) return err({ code: 'host-gone' });
      if (!lying.lies(session)) return err({ code: 'wrong-session' });
      const answer = await at.calls.call({ op: 'open', session }, deadline);
      return answer.ok ? ok(channelOf(session, at)) : answer;
    },
  };
}
