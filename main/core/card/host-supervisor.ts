import type { ReaderEvent } from '../../contract/card-host.ts';
import { CardHostMessage } from '../../contract/card-host.ts';
import type { LineFrame } from '../../contract/card-line.ts';
import type { Log } from '../../contract/log-events.ts';
import { ok } from '../../contract/result.ts';
import type { Clock } from '../ports.ts';
import { createHostCalls, type HostCall, type HostCalls } from './host-calls.ts';
import type { HostProcess } from './host-process.ts';
import { RestartWait } from './restart-wait.ts';

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

export interface RunningHost {
  readonly host: HostProcess;
  readonly calls: HostCalls;
  /** Monotonic ms. */
  readonly startedAt: number;
}

export interface HostSupervisorDeps {
  readonly spawn: () => HostProcess;
  readonly clock: Clock;
  readonly log: Log;
  /** What a host that was just started is told first. */
  readonly startCall: () => HostCall;
  readonly onEvent: (event: ReaderEvent) => void;
  /** The host is gone, and nothing more comes from it. */
  readonly onLost: () => void;
}

/** Keeps a card host running: starts it, listens for its beat, and replaces it when it dies, hangs, stands still or talks nonsense. */
export class HostSupervisor {
  private readonly deps: HostSupervisorDeps;
  private readonly wait = new RestartWait();
  private current: RunningHost | null = null;
  private ended: (() => void) | null = null;
  private stopping = false;
  private attempt = 0;
  private restartInMs = 0;
  private timer: unknown = null;

  constructor(deps: HostSupervisorDeps) {
    this.deps = deps;
  }

  /** null: none runs now. */
  get running(): RunningHost | null {
    return this.current;
  }

  start(): void {
    if (this.current === null && this.timer === null && !this.stopping) this.spawn();
  }

  /** For good. @returns when its process has ended */
  async stop(): Promise<void> {
    const { clock } = this.deps;
    this.stopping = true;
    if (this.timer !== null) clock.clearTimeout(this.timer);
    this.timer = null;
    const last = this.current;
    if (last === null) return;
    const gone = Promise.withResolvers<void>();
    this.ended = gone.resolve;
    const kill = clock.setTimeout(() => last.host.kill(), STOP_MS);
    void last.calls.call({ op: 'stop' }, STOP_MS * 2);
    await gone.promise;
    clock.clearTimeout(kill);
  }

  private spawn(): void {
    const { clock, log, startCall } = this.deps;
    this.timer = null;
    this.attempt += 1;
    const host = this.deps.spawn();
    const calls = createHostCalls(host, clock, (op, afterMs) => {
      log('card-host.deadline', { op, afterMs });
      // It was stopped, it did not crash: no reason to wait longer each time.
      if (op === 'beat') this.wait.reset();
      this.end(mine);
    });
    const mine: RunningHost = { host, calls, startedAt: clock.monotonic() };
    this.current = mine;
    host.onMessage((message) => this.receive(mine, message));
    host.onAnswer((frame) => this.receiveAnswer(mine, frame));
    host.onExit(({ code, signal }) => {
      this.lose(mine);
      if (this.stopping) this.ended?.();
      else log('card-host.exited', { code, signal, restartInMs: this.restartInMs });
    });
    void calls.call(startCall(), START_MS);
  }

  private receive(from: RunningHost, message: unknown): void {
    const { log, onEvent } = this.deps;
    if (this.current !== from) return;
    const parsed = CardHostMessage.safeParse(message);
    if (!parsed.success) {
      this.refuse(from, 'shape');
      return;
    }
    const { data } = parsed;
    if (data.type === 'hello') {
      log('card-host.started', { pid: data.pid, attempt: this.attempt });
      void this.beat(from);
    } else if (data.type !== 'reply') onEvent(data);
    else if (!from.calls.answered(data.id, data.result)) this.refuse(from, 'answer-to-nothing');
  }

  private receiveAnswer(from: RunningHost, frame: LineFrame | null): void {
    if (this.current !== from) return;
    if (frame === null) this.refuse(from, 'shape');
    else if (!from.calls.answered(frame.id, ok(frame.bytes))) this.refuse(from, 'answer-to-nothing');
  }

  /** It answers while it lives, whatever else is under way; else its deadline ends it. */
  private async beat(mine: RunningHost): Promise<void> {
    const answer = await mine.calls.call({ op: 'beat' }, BEAT_LIMIT_MS);
    if (answer.ok) this.deps.clock.setTimeout(() => this.current === mine && void this.beat(mine), BEAT_MS);
  }

  private refuse(from: RunningHost, reason: string): void {
    this.deps.log('card-host.message-refused', { reason });
    this.end(from);
  }

  private end(bad: RunningHost): void {
    bad.host.kill();
    this.lose(bad);
  }

  /** Whatever it had is gone, also where its process will not end (a call into the kernel cannot be killed). */
  private lose(gone: RunningHost): void {
    const { clock, onLost } = this.deps;
    if (this.current !== gone) return;
    this.current = null;
    gone.calls.fail({ code: 'host-gone' });
    onLost();
    if (this.stopping) return;
    this.restartInMs = this.wait.next(clock.monotonic() - gone.startedAt);
    this.timer = clock.setTimeout(() => this.spawn(), this.restartInMs);
  }
}
