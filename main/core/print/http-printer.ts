import { request } from 'undici';
import { z } from 'zod';
import { err, ok, type Result } from '../../contract/result.ts';
import { PrintFailure } from '../../contract/slip.ts';
import type { Printer } from '../ports.ts';
import { printOnce } from './print-once.ts';

/** The sandbox printer: POST /slips prints, GET /slips only asks; 4xx carries why not. @param url base address, loopback only */
export function createHttpPrinter(url: string): Printer {
  const call = async (method: 'GET' | 'POST', body: string | null): Promise<Result<null, PrintFailure>> => {
    try {
      const answer = await request(new URL('/slips', url), {
        method,
        ...(body === null ? {} : { body, headers: { 'content-type': 'application/json' } }),
        headersTimeout: 10_000,
        bodyTimeout: 10_000,
      });
      if (answer.statusCode < 300) {
        await answer.body.dump();
        return ok(null);
      }
      const told = z.object({ reason: PrintFailure }).safeParse(await answer.body.json().catch(() => null));
      return err(told.success ? told.data.reason : 'refused');
    } catch {
      return err('offline');
    }
  };
  return printOnce({
    check: () => call('GET', null),
    async print(slip, tell) {
      // As with a real printer: first whether it can, so that a slip that never left may be tried again.
      const ready = await call('GET', null);
      if (!ready.ok) return ready;
      tell.began();
      return call('POST', JSON.stringify(slip));
    },
  });
}
