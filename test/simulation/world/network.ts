import type { BatchItem } from '../../../main/contract/platform.ts';
import type { ExchangeAnswer, ExchangeRequest, Line } from '../../../main/core/platform-http/exchange.ts';
import { LineFault, PATIENCE } from '../../../main/core/platform-http/exchange.ts';
import { ANSWER_MARK_HEADER, type BatchReply } from '../../../main/core/platform-http/wire.ts';
import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Life } from './life.ts';
import type { ModelPlatform } from './model-platform.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * How the line is. `gateway`: something on the way answers in the platform's place. `changing`: it changes statuses and bodies, or says an
 * old answer again. `posts`: it does so for POST only.
 */
export type LineMode = 'good' | 'lossy' | 'slow' | 'down' | 'gateway' | 'changing' | 'posts';
export const badLines: readonly LineMode[] = ['lossy', 'slow', 'down', 'gateway', 'changing', 'posts'];

export interface Network {
  mode: LineMode;
  lineFor(life: Life): Line;
  /** Once, while the next batch is on its way. */
  whenSent(run: () => void): void;
}

export interface NetworkOptions {
  readonly scheduler: Scheduler;
  readonly platform: ModelPlatform;
  readonly ledger: Ledger;
  readonly dice: Dice;
  readonly note: (what: string) => void;
  /** A background request left the kiosk. */
  readonly onRequest: (urgent: boolean) => void;
  /** An answer of the platform's own reached the core. */
  readonly onAnswer: () => void;
  /** Rows were settled by it. */
  readonly onSettling: () => void;
}

const TIMEOUT_MS = 10_000;
const inventions: readonly ExchangeAnswer[] = [
  ...[400, 401, 403, 404, 405, 407, 413, 421, 429, 431, 451, 500, 502, 503, 504].map((status) => ({
    status,
    headers: { 'retry-after': status % 2 === 0 ? undefined : '5' },
    text: '<html>gateway</html>',
  })),
  { status: 200, headers: {}, text: '<html>Welcome, please sign in</html>' },
  { status: 302, headers: { location: 'http://portal' }, text: '' },
];

/** What a middlebox with imagination says of a batch: the very body that the contract wants. */
const allAccepted = (body: string | null): ExchangeAnswer => {
  const items = body === null ? [] : ((JSON.parse(body) as { items?: BatchItem[] }).items ?? []);
  const results = items.map(({ id }) => ({ outcome: 'accepted', id, reference: 'R-FORGED' }));
  return { status: 200, headers: {}, text: JSON.stringify({ results }) };
};

export function createNetwork({
  scheduler,
  platform,
  ledger,
  dice,
  note,
  onRequest,
  onAnswer,
  onSettling,
}: NetworkOptions): Network {
  const state = { mode: 'good' as LineMode };
  const old: ExchangeAnswer[] = [];
  let count = 0;
  let whenSent: (() => void) | null = null;

  const idsOf = ({ path, body }: ExchangeRequest): string[] =>
    path === '/v1/batches' && body !== null ? (JSON.parse(body) as { items: BatchItem[] }).items.map(({ id }) => id) : [];

  /** The answer reaches the core as the platform gave it. */
  const believe = (request: ExchangeRequest, { status, headers, text }: ExchangeAnswer) => {
    if (request.path !== '/v1/batches' || headers[ANSWER_MARK_HEADER] === undefined) return;
    const ids = idsOf(request);
    // A batch of one that the platform itself rejects: that is the row's verdict.
    if (status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status)) {
      if (ids.length === 1 && ids[0] !== undefined) ledger.answered(ids[0], 'parked');
    }
    if (status !== 200) return;
    const { results } = JSON.parse(text) as BatchReply;
    if (results.some(({ outcome }) => outcome !== 'retry')) onSettling();
    for (const result of results) {
      if (result.outcome === 'retry') continue;
      ledger.answered(
        result.id,
        result.outcome === 'refused' ? 'refused' : result.outcome === 'conflict' ? 'parked' : 'accepted',
      );
    }
  };

  /** What becomes of a true answer on the way back. @returns null: it is lost */
  const wayBack = (request: ExchangeRequest, answer: ExchangeAnswer): ExchangeAnswer | null => {
    if (state.mode === 'lossy' && dice.chance(0.2)) return null;
    if (state.mode !== 'changing' || dice.chance(0.3)) return answer;
    const replayed = old.length > 0 ? dice.pick(old) : answer;
    const changed = dice.pick([
      { ...answer, status: dice.pick([200, 400, 404, 413, 502]) },
      { ...answer, text: answer.text.replace(/"(?:refused|retry)"/, '"accepted"').replace('R-0', 'R-9') },
      { ...answer, text: answer.text.slice(0, -3) },
      { ...answer, headers: {} },
      { ...allAccepted(request.body), headers: answer.headers },
      replayed,
    ]);
    // A change that changes nothing is the platform's answer.
    return changed.text === answer.text && changed.status === answer.status && changed.headers === answer.headers
      ? answer
      : changed;
  };

  const invents = (method: string): boolean =>
    state.mode === 'gateway' ? dice.chance(0.8) : state.mode === 'posts' && method === 'POST';

  const exchangeFor = (life: Life) => {
    const inFlight = new Map<string, number>();
    return (request: ExchangeRequest): Promise<ExchangeAnswer> => {
      life.call('net.request');
      count += 1;
      const n = count;
      const ids = idsOf(request);
      onRequest(request.urgent === true);
      if (ids.length > 0 && whenSent !== null) {
        scheduler.after(1, whenSent);
        whenSent = null;
      }
      note(
        `request ${n} ${request.urgent === true ? 'urgent ' : ''}${request.method} ${request.path} ${ids.map((id) => id.slice(-4)).join(' ')}`,
      );
      for (const id of ids) {
        if (inFlight.has(id)) ledger.broken('twice-in-flight', `row ${id.slice(-6)} in requests ${inFlight.get(id)} and ${n}`);
        inFlight.set(id, n);
      }
      return new Promise<ExchangeAnswer>((resolve, reject) => {
        let over = false;
        const end = (what: string, act: () => void) => {
          if (over || !life.alive) return;
          over = true;
          note(`answer ${n} ${what}`);
          for (const id of ids) if (inFlight.get(id) === n) inFlight.delete(id);
          act();
        };
        const fail = (why: 'unreachable' | 'timeout' | 'cut') => end(why, () => reject(new LineFault(why)));
        const reply = (answer: ExchangeAnswer, own: boolean) =>
          end(String(answer.status), () => {
            if (own) {
              onAnswer();
              believe(request, answer);
            }
            resolve(answer);
          });
        request.signal.addEventListener('abort', () => fail('cut'));
        if (request.signal.aborted) return fail('cut');
        travel(request, reply, fail);
      });
    };
  };

  const travel = (
    request: ExchangeRequest,
    reply: (answer: ExchangeAnswer, own: boolean) => void,
    fail: (why: 'unreachable' | 'timeout' | 'cut') => void,
  ) => {
    const { mode } = state;
    if (mode === 'down') return void scheduler.after(dice.chance(0.5) ? 5 : TIMEOUT_MS, () => fail('unreachable'));
    const bytes = request.body?.length ?? 100;
    const rate = mode === 'slow' ? dice.between(300, 4000) : 1e6;
    const there = dice.between(10, 100) + (bytes / rate) * 1000;
    if (request.onSent !== undefined) scheduler.after(there / 2, request.onSent);
    // A body under way is not cut while it moves: the deadline counts from its end.
    const patience = request.patient === true ? PATIENCE : 1;
    scheduler.after(there + TIMEOUT_MS * patience + dice.between(0, 3000), () => fail('timeout'));
    if (mode === 'lossy' && dice.chance(0.1)) return void scheduler.after(there, () => fail('cut'));
    if (mode === 'lossy' && dice.chance(0.1)) return;
    if (mode === 'slow' && dice.chance(0.1)) return;
    if (invents(request.method)) {
      const invented = dice.chance(0.3) ? allAccepted(request.body) : dice.pick(inventions);
      return void scheduler.after(there, () => reply(invented, false));
    }
    const arrive = () => {
      const answer = platform.handle(request);
      if (answer === null) return;
      old.push(answer);
      if (old.length > 20) old.shift();
      const back = wayBack(request, answer);
      if (back === null) return;
      const late = state.mode === 'lossy' && dice.chance(0.15) ? dice.between(8000, 90_000) : dice.between(10, 200);
      scheduler.after(late, () => reply(back, back === answer));
    };
    scheduler.after(there, arrive);
    if (mode === 'lossy' && dice.chance(0.15)) scheduler.after(there + dice.between(1, 60_000), arrive);
  };

  return Object.assign(state, {
    whenSent: (run: () => void) => {
      whenSent = run;
    },
    lineFor: (life: Life): Line => ({ exchange: exchangeFor(life), close: async () => {}, rate: () => null }),
  });
}
