import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CryptoKey, compactVerify, importJWK } from 'jose';
import { z } from 'zod';
import { ANSWER_TYPE, ExportAnswer, isAnswerName, MAX_ANSWER_LINE } from '../../../contract/export-file.ts';
import type { ItemResult } from '../../../contract/platform.ts';
import { fileLines } from './file-lines.ts';

/** One line, opened. `null`: not signed by the platform, or not an answer. */
export type VerifyAnswer = (jws: string) => Promise<ExportAnswer | null>;

/** Files that are answers to this kiosk, by name; a medium with more is somebody's archive. */
const MOST_FILES = 20;
/** Of one file: more than a full queue's answers. */
const MOST_BYTES = 256 * 1024 * 1024;

const PublicKey = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() });

/** @param jwk public P-256 key that the catalogue is signed with @returns null when it is not one */
export async function answerVerifier(jwk: unknown): Promise<VerifyAnswer | null> {
  const parsed = PublicKey.safeParse(jwk);
  if (!parsed.success) return null;
  const { kty, crv, x, y } = parsed.data;
  let key: CryptoKey | Uint8Array;
  try {
    key = await importJWK({ kty, crv, x, y }, 'ES256');
  } catch {
    return null;
  }
  return async (jws) => {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['ES256'] });
      if (protectedHeader.typ !== ANSWER_TYPE) return null;
      const answer = ExportAnswer.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
      return answer.success ? answer.data : null;
    } catch {
      return null;
    }
  };
}

/** Paths of the answers to this kiosk that lie on a medium, oldest name first. @throws when the medium cannot be read */
export function answerFiles(medium: string, terminal: string): string[] {
  return readdirSync(medium)
    .filter((name) => isAnswerName(name, terminal))
    .sort()
    .slice(0, MOST_FILES)
    .map((name) => join(medium, name));
}

/**
 * The results of one answer, part by part. Every part must be signed, name this kiosk, and follow the one before.
 * @returns null at the first that does not, and nothing after it
 */
export async function* readAnswer(
  file: string,
  terminal: string,
  verify: VerifyAnswer,
): AsyncGenerator<readonly ItemResult[] | null> {
  if (statSync(file).size > MOST_BYTES) return yield null;
  let part = 0;
  let of = 1;
  try {
    for await (const line of fileLines(file, MAX_ANSWER_LINE)) {
      const answer = await verify(line.toString('latin1'));
      part += 1;
      if (answer === null || answer.terminal !== terminal || answer.part !== part) return yield null;
      if (part > 1 && answer.of !== of) return yield null;
      of = answer.of;
      yield answer.results;
    }
  } catch {
    return yield null;
  }
  if (part !== of) yield null;
}
