import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../../main/contract/result.ts';
import { TerminalId } from '../../../main/contract/submission.ts';
import type { EnrolmentReply, EnrolmentRequest } from '../../../main/core/platform-http/wire.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import { writeWhole } from './sealing-key.ts';
import type { Tls } from './tls.ts';

/** Without what can be taken for something else: 0 O, 1 I. 32 of them. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const GROUPS = 4;
const LIFETIME_MS = 15 * 60_000;
/** So many wrong codes within ten minutes, and nobody is heard until they are over. 16 characters: 80 bits. */
const MOST_WRONG = 10;
const WRONG_MS = 10 * 60_000;

export interface EnrolmentService {
  /** A new code for this kiosk; an older one of it is void. @param now epoch ms */
  newCode(terminal: string, now: number): { readonly code: string; readonly expiresAt: number };
  enrol(
    terminal: string,
    request: EnrolmentRequest,
    now: number,
  ): Promise<Result<EnrolmentReply, 'code-refused' | 'too-many' | 'malformed'>>;
}

/**
 * Codes live in memory, as their hashes, and die with the platform: a sandbox's operator makes another.
 * @param sign null: the platform speaks plain HTTP and has no CA; every code is refused
 * @param known told of a kiosk that may come from now on
 */
export function createEnrolmentDesk(
  sign: Tls['signDevice'] | null,
  random: RandomBytes,
  known: (terminal: string) => Promise<void>,
): EnrolmentService {
  const codes = new Map<string, { readonly hash: string; readonly expiresAt: number }>();
  let wrong: number[] = [];
  const hashOf = (code: string) => createHash('sha256').update(code).digest('hex');

  return {
    newCode(terminal, now) {
      const letters = Array.from(random(GROUPS * 4), (byte) => LETTERS[byte % LETTERS.length]);
      const code = Array.from({ length: GROUPS }, (_, group) => letters.slice(group * 4, group * 4 + 4).join('')).join('-');
      const expiresAt = now + LIFETIME_MS;
      codes.set(terminal, { hash: hashOf(code), expiresAt });
      return { code, expiresAt };
    },

    async enrol(terminal, { code, csr }, now) {
      wrong = wrong.filter((at) => now - at < WRONG_MS);
      if (wrong.length >= MOST_WRONG) return err('too-many');
      const kept = codes.get(terminal);
      if (sign === null || kept === undefined || kept.hash !== hashOf(code) || now > kept.expiresAt) {
        wrong.push(now);
        return err('code-refused');
      }
      // Before the first await: of two requests with one code, one gets it. A request that cannot be signed costs the code too.
      codes.delete(terminal);
      const signed = await sign(csr, terminal, now);
      if (signed === null) return err('malformed');
      await known(terminal);
      return ok(signed);
    },
  };
}

/** The kiosks that were enrolled, in the data directory: they may come after a new start too. */
export function enrolledKiosks(dir: string) {
  const file = join(dir, 'enrolled.json');
  const all = async (): Promise<string[]> => {
    const text = await readFile(file, 'utf8').catch(() => '[]');
    return z.array(TerminalId).parse(JSON.parse(text));
  };
  return {
    all,
    add: async (terminal: string) => writeWhole(file, JSON.stringify([...new Set([...(await all()), terminal])]), 0o600),
  };
}
