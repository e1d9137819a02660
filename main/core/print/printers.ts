import { request } from 'undici';
import { z } from 'zod';
import { err, ok } from '../../contract/result.ts';
import { PrintFailure } from '../../contract/slip.ts';
import type { Printer } from '../ports.ts';

/** A terminal without a printer: the screen shows the number instead. */
export const noPrinter: Printer = { print: async () => err('no-printer') };

/** The sandbox printer: POST /slips; 4xx carries why not. @param url base address, loopback only */
export function createHttpPrinter(url: string): Printer {
  return {
    async print(slip) {
      try {
        const { statusCode, body } = await request(new URL('/slips', url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(slip),
          headersTimeout: 10_000,
          bodyTimeout: 10_000,
        });
        if (statusCode < 300) {
          await body.dump();
          return ok(null);
        }
        const told = z.object({ reason: PrintFailure }).safeParse(await body.json().catch(() => null));
        return err(told.success ? told.data.reason : 'refused');
      } catch {
        return err('offline');
      }
    },
  };
}
