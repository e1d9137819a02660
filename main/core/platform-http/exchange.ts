import type { LineCause } from '../ports.ts';

/** One HTTP request. */
export interface ExchangeRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly signal: AbortSignal;
  /** A person waits for the answer: it goes on the connection that is kept for that. */
  readonly urgent?: boolean;
  /** Nobody waits for the answer: it may take `PATIENCE` times as long as another before the request is given up. */
  readonly patient?: boolean;
  /** Told when the socket has taken the last byte of the request; perhaps never, where there is no answer either. */
  readonly onSent?: (() => void) | undefined;
}

/**
 * A platform with more to do than it can do now answers late. Whoever gives up and comes again lets it do the work twice, and with 10,000
 * kiosks that is all it does from then on; whoever waits has its turn. 300 s with a time-out of 10 s.
 */
export const PATIENCE = 30;

/** `text`: the body without its content coding, as UTF-8. */
export interface ExchangeAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

/** One HTTP exchange. Rejects where there is no answer (`LineFault` says why). In tests: the platform's own handler, without a socket. */
export type Exchange = (ask: ExchangeRequest) => Promise<ExchangeAnswer>;

/** The way to the platform. */
export interface Line {
  readonly exchange: Exchange;
  readonly close: () => Promise<void>;
  /** What it carried lately, bytes a second; null: not known. */
  readonly rate?: () => number | null;
}

/** What an `Exchange` rejects with. */
export class LineFault extends Error {
  readonly why: LineCause;

  constructor(why: LineCause, options?: ErrorOptions) {
    super(why, options);
    this.name = 'LineFault';
    this.why = why;
  }
}

/** Whatever else an exchange fails with may have been after the request was sent. */
export function lineCause(error: unknown): LineCause {
  return error instanceof LineFault ? error.why : 'cut';
}
