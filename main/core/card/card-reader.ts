import type { CardHostError, CardSession, ReaderEvent } from '../../contract/card-host.ts';
import { CardHostMessage } from '../../contract/card-host.ts';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { CardChannel, CardReader, Clock } from '../ports.ts';
import { createHostCalls, type HostCalls } from './host-calls.ts';
import type { HostProcess } from './host-process.ts';
import { createLyingCards } from './lying-cards.ts';

export interface CardReaderOptions {
  readonly spawn: () => HostProcess;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Settings['reader'], 'names' | 'commandTimeoutSeconds'>;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Up so long: the next crash is a new story. */
const STEADY_MS = 60_000;
/** A host that is asked to stop ends within a second; then it is ended. */
const STOP_MS = 1500;

interface Running {
  readonly host: HostProcess;
  readonly calls: HostCalls;
}

/**
 * The reader as the core sees it: a card host in a process of its own, started, watched, and replaced when it dies, hangs or talks
 * nonsense. Numbers of card sessions go on over all hosts, so no command can ever reach another person's card.
 */
export function createCardReader({ spawn, clock, log, settings }: CardReaderOptions): CardReader {
  const listeners = new Set<(event: ReaderEvent) => void>();
  const lying = createLyingCards();
  const deadline = settings.commandTimeoutSeconds * 1000;
  let running: Running | null = null;
  let ended: (() => void) | null = null;
  let stopping = false;
  let attempt = 0;
  let wait = FIRST_WAIT_MS;
  let timer: unknown = null;

  const emit = (event: ReaderEvent) => {
    lying.note(event);
    for (const listener of [...listeners]) listener(event);
  };

  const receive = (from: Running, message: unknown) => {
    if (running !== from) return;
    const parsed = CardHostMessage.safeParse(message);
    const refuse = (reason: string) => {
      log('card-host.message-refused', { reason });
      from.host.kill();
    };
    if (!parsed.success) return refuse('shape');
    const { data } = parsed;
    if (data.type === 'hello') log('card-host.started', { pid: data.pid, attempt });
    else if (data.type !== 'reply') emit(data);
    // Late answers to calls that ran out of time belong to a host that is being ended.
    else if (!from.calls.answered(data)) refuse('answer-to-nothing');
  };

  const start = () => {
    timer = null;
    attempt += 1;
    const startedAt = clock.monotonic();
    const host = spawn();
    const calls = createHostCalls(host, clock, (op, afterMs) => {
      log('card-host.deadline', { op, afterMs });
      host.kill();
    });
    const mine: Running = { host, calls };
    running = mine;
    host.onMessage((message) => receive(mine, message));
    host.onExit(({ code, signal }) => {
      running = null;
      calls.fail({ code: 'host-gone' });
      for (const event of lying.forgetAll()) emit(event);
      if (stopping) {
        ended?.();
        return;
      }
      if (clock.monotonic() - startedAt > STEADY_MS) wait = FIRST_WAIT_MS;
      log('card-host.exited', { code, signal, restartInMs: wait });
      timer = clock.setTimeout(start, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
    void calls.call({ op: 'start', firstSession: lying.nextSession, readers: settings.names }, deadline);
  };

  const channelOf = (session: CardSession, at: Running): CardChannel => {
    const { calls } = at;
    let open = true;
    return {
      session,
      async transmit(apdu): Promise<Result<Uint8Array, CardHostError>> {
        if (!open) return err({ code: 'not-open' });
        // Its cards were told as removed, but it is the host that went, and that is what a person must hear.
        if (running !== at) return err({ code: 'host-gone' });
        if (!lying.lies(session)) return err({ code: 'removed' });
        const answer = await calls.call({ op: 'transmit', session, apdu }, deadline);
        if (!answer.ok) return answer;
        const { response } = answer.value;
        return response === undefined || response.length < 2 ? err({ code: 'removed' }) : ok(response);
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
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(session) {
      const at = running;
      if (at === null) return err({ code: 'host-gone' });
      if (!lying.lies(session)) return err({ code: 'wrong-session' });
      const answer = await at.calls.call({ op: 'open', session }, deadline);
      return answer.ok ? ok(channelOf(session, at)) : answer;
    },
  };
}
