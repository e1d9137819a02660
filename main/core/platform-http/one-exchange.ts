import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { LineCause } from '../ports.ts';
import { decoded } from './content-coding.ts';
import { type ExchangeAnswer, type ExchangeRequest, LineFault, PATIENCE } from './exchange.ts';
import type { RateMeter } from './rate-meter.ts';
import { StallTimer, type TimerClock } from './stall-timer.ts';

/**
 * Small enough that a slow line takes one within the time-out. On a line that was fast until now a piece is larger, but still one that it could
 * take in time if it had just become slow.
 */
const CHUNK_BYTES = 8 * 1024;
const MOST_CHUNK_BYTES = 32 * 1024;
const CHUNK_SECONDS = 0.25;
/** Request line and headers, about. */
const HEAD_BYTES = 400;

export interface OneExchangeDeps {
  readonly dispatcher: Dispatcher;
  readonly url: string;
  readonly timeoutMs: number;
  readonly clock: TimerClock;
  readonly meter: RateMeter;
  /** Of the answer's body, coded and decoded. */
  readonly mostBytes: number;
}

/** One request and its answer. @throws LineFault, and nothing else */
export function oneExchange(options: OneExchangeDeps, ask: ExchangeRequest): Promise<ExchangeAnswer> {
  return new OneExchange(options, ask).run();
}

class OneExchange implements Dispatcher.DispatchHandler {
  readonly #options: OneExchangeDeps;
  readonly #ask: ExchangeRequest;
  readonly #body: Buffer | null;
  readonly #done = Promise.withResolvers<ExchangeAnswer>();
  readonly #stall: StallTimer;
  readonly #chunks: Buffer[] = [];
  readonly #giveUp = () => this.#fail('cut', this.#ask.signal.reason);
  #controller: Dispatcher.DispatchController | null = null;
  /** Monotonic ms of the first byte handed over; null: no connection yet. */
  #began: number | null = null;
  #head: { readonly status: number; readonly headers: ExchangeAnswer['headers'] } | null = null;
  #received = 0;
  #over = false;

  constructor(options: OneExchangeDeps, ask: ExchangeRequest) {
    const { clock, timeoutMs, meter } = options;
    this.#options = options;
    this.#ask = ask;
    this.#body = ask.body === null ? null : Buffer.from(ask.body);
    const answerMs = ask.patient === true ? timeoutMs * PATIENCE : timeoutMs;
    this.#stall = new StallTimer(clock, { timeoutMs, answerMs, sendRate: meter.pessimistic }, () => this.#stalled());
  }

  run(): Promise<ExchangeAnswer> {
    const { method, path, headers, signal } = this.#ask;
    const body = this.#body;
    if (signal.aborted) return Promise.reject(new LineFault('cut', { cause: signal.reason }));
    signal.addEventListener('abort', this.#giveUp, { once: true });
    const length = body === null ? {} : { 'content-length': String(body.length) };
    try {
      const { url, dispatcher } = this.#options;
      const sent = { origin: new URL(url).origin, path, method, headers: { ...headers, ...length } };
      dispatcher.dispatch({ ...sent, body: body === null || this.#small ? body : Readable.from(this.#pieces(body)) }, this);
    } catch (error) {
      // The agent is closed.
      this.#fail('cut', error);
    }
    return this.#done.promise;
  }

  /** Each piece is asked for when the socket has taken the one before. */
  async *#pieces(body: Buffer): AsyncGenerator<Buffer> {
    const carried = Math.floor((this.#options.meter.rate ?? 0) * CHUNK_SECONDS);
    const size = Math.max(CHUNK_BYTES, Math.min(MOST_CHUNK_BYTES, carried));
    for (let at = 0; at < body.length; at += size) {
      const piece = body.subarray(at, at + size);
      this.#stall.sent(piece.length, at + size >= body.length);
      yield piece;
    }
    this.#ask.onSent?.();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#over) {
      controller.abort(new LineFault('cut'));
      return;
    }
    this.#controller = controller;
    this.#began = this.#options.clock.monotonic();
    this.#stall.sent(this.#small ? this.#size : HEAD_BYTES, this.#small);
    if (this.#small) this.#ask.onSent?.();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ExchangeAnswer['headers']): void {
    // 1xx: a sign of life, not the answer.
    if (status >= 200) this.#head = { status, headers };
    // Whoever refuses may have done so before it had read everything.
    if (status === 200) this.#options.meter.took(this.#size, this.#sinceBegin());
    // Patience is longer than what a sign of life would still allow.
    if (status >= 200 || this.#ask.patient !== true) this.#stall.received(0);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length;
    if (this.#received > this.#options.mostBytes) {
      this.#fail('cut', new Error('the answer is too long'));
      return;
    }
    this.#chunks.push(chunk);
    this.#stall.received(chunk.length);
  }

  onResponseEnd(): void {
    if (this.#over) return;
    this.#end();
    const head = this.#head;
    if (head === null) {
      this.#done.reject(new LineFault('cut'));
      return;
    }
    const bytes = Buffer.concat(this.#chunks);
    // What cannot be decoded goes on as it came: no mark fits it, and its status may still say something.
    void decoded(bytes, head.headers['content-encoding'], this.#options.mostBytes).then((text) =>
      this.#done.resolve({ ...head, text: (text ?? bytes).toString('utf8') }),
    );
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // Before a connection was there, nothing of it was sent.
    this.#fail(this.#began === null ? 'unreachable' : 'cut', error);
  }

  #stalled(): void {
    if (this.#head === null) this.#options.meter.failed(this.#size, this.#sinceBegin());
    this.#fail('timeout', null);
  }

  /** Goes out in one write. */
  get #small(): boolean {
    return (this.#body?.length ?? 0) <= CHUNK_BYTES;
  }

  get #size(): number {
    return HEAD_BYTES + (this.#body?.length ?? 0);
  }

  #sinceBegin(): number {
    return this.#options.clock.monotonic() - (this.#began ?? Number.POSITIVE_INFINITY);
  }

  #fail(why: LineCause, cause: unknown): void {
    if (this.#over) return;
    this.#end();
    const fault = new LineFault(why, { cause });
    this.#done.reject(fault);
    this.#controller?.abort(fault);
  }

  #end(): void {
    this.#over = true;
    this.#stall.stop();
    this.#ask.signal.removeEventListener('abort', this.#giveUp);
  }
}
