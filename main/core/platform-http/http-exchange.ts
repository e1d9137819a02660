import { rootCertificates } from 'node:tls';
import { Agent } from 'undici';
import { MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import { ACCEPTED_CODINGS } from './content-coding.ts';
import type { Line } from './exchange.ts';
import { oneExchange } from './one-exchange.ts';
import { createRateMeter } from './rate-meter.ts';
import type { TimerClock } from './stall-timer.ts';

/** The catalogue is the longest answer: its text, and what JSON adds. */
const MAX_ANSWER_BYTES = MAX_CATALOGUE_BYTES + 1024 * 1024;

export interface HttpOptions {
  readonly url: string;
  /** Silence after which nothing is waited for any more, beside the time that the bytes themselves need. */
  readonly timeoutMs: number;
  /** PEM: the kiosk's own certificate, and the only authority it believes; before enrolment that alone. */
  readonly tls?: { readonly ca: string | Buffer; readonly cert?: string | Buffer; readonly key?: string | Buffer } | undefined;
  /** Default: the machine's. */
  readonly clock?: TimerClock;
  /** What an unknown line is taken to carry, bytes a second. */
  readonly firstRate?: number;
}

/**
 * Said here, because where nothing is said the environment decides: NODE_TLS_REJECT_UNAUTHORIZED, NODE_EXTRA_CA_CERTS, NODE_OPTIONS
 * (`--tls-min-v1.0`, `--use-openssl-ca`).
 */
const VERIFIED = { rejectUnauthorized: true, minVersion: 'TLSv1.2', ca: [...rootCertificates] } as const;

const machine: TimerClock = {
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/**
 * HTTP/1.1 over undici, without pipelining, on two connections: one for what goes on in the background, and one for the person who
 * waits, so that a question is never behind a batch on a slow line.
 */
export function httpExchange({ url, timeoutMs, tls, clock = machine, firstRate }: HttpOptions): Required<Line> {
  // Deadlines are our own (stall-timer.ts): undici's know neither the size of a request nor the speed of the line.
  const connection = () =>
    new Agent({
      connections: 1,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: timeoutMs, ...VERIFIED, ...tls },
    });
  const background = connection();
  const person = connection();
  const meter = createRateMeter(firstRate);
  const common = { url, timeoutMs, clock, meter, mostBytes: MAX_ANSWER_BYTES };
  return {
    exchange: (ask) => {
      const headers = { 'accept-encoding': ACCEPTED_CODINGS, ...ask.headers };
      return oneExchange({ ...common, dispatcher: ask.urgent === true ? person : background }, { ...ask, headers });
    },
    rate: () => meter.rate,
    close: async () => {
      await Promise.all([background.destroy(), person.destroy()]);
    },
  };
}
