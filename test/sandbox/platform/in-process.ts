import { type Exchange, LineFault } from '../../../main/core/platform-http/exchange.ts';
import type { App } from './app.ts';

/**
 * The platform's own handler, called without a socket: same routes, same checks, same faults.
 * @param refusing whether connections are refused now @returns a function that rejects where a connection would break
 */
export function inProcess(app: App, refusing: () => boolean): Exchange {
  return async ({ method, path, headers, body, signal }) => {
    signal.throwIfAborted();
    if (refusing()) throw new LineFault('unreachable');
    const broken = Promise.withResolvers<never>();
    const breakOff = () => broken.reject(signal.reason);
    signal.addEventListener('abort', breakOff, { once: true });
    const answer = app.inject({ method, url: path, headers, ...(body === null ? {} : { payload: body }) });
    const reply = await Promise.race([answer, broken.promise]).finally(() => signal.removeEventListener('abort', breakOff));
    const { statusCode, headers: sent, payload } = reply;
    const flat = Object.entries(sent).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const);
    return { status: statusCode, headers: Object.fromEntries(flat), text: payload };
  };
}
