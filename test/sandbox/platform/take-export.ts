import { createHash, randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  ANSWER_TYPE,
  type ExportAnswer,
  ExportHeader,
  ExportTrailer,
  MAX_EXPORT_LINE,
} from '../../../main/contract/export-file.ts';
import { BatchItem, type ItemResult, MAX_BATCH_ITEMS } from '../../../main/contract/platform.ts';
import { fileLines } from '../../../main/core/staff/queue/file-lines.ts';
import type { Deliver } from './deliver.ts';

export interface TakeOptions {
  readonly deliver: Deliver;
  /** Signs a text with the key of the catalogue. @returns JWS compact */
  readonly sign: (text: string, header: { readonly typ: string }) => Promise<string>;
  /** Epoch ms. */
  readonly now: number;
}

export interface Taken {
  readonly terminal: string;
  readonly items: number;
  readonly accepted: number;
}

/**
 * Takes a kiosk's export from a medium: every row goes the way that a delivered one goes, and what became of each is written as a
 * signed answer. The file is read twice: first whole, to see that it is whole; then row by row.
 * @param answer where the answer goes; null: beside the export @throws with one sentence when the file is not an export, or was changed
 */
export async function takeExport(file: string, answer: string | null, { deliver, sign, now }: TakeOptions): Promise<Taken> {
  const { terminal, count } = await checkExport(file);
  const target = answer ?? join(dirname(file), answerName(file));
  const part = `${target}.${randomUUID()}`;
  const out = await open(part, 'w');
  const of = Math.ceil(count / MAX_BATCH_ITEMS);
  let parts = 0;
  let items = 0;
  let accepted = 0;
  const answerPart = async (results: ItemResult[]) => {
    parts += 1;
    const body: ExportAnswer = { v: 1, what: ANSWER_TYPE, terminal, part: parts, of, results };
    await out.write(`${await sign(JSON.stringify(body), { typ: ANSWER_TYPE })}\n`);
  };
  try {
    for await (const batch of batchesOf(file)) {
      const results = await deliver(terminal, batch, { now });
      items += results.length;
      accepted += results.filter(({ outcome }) => outcome === 'accepted' || outcome === 'duplicate').length;
      await answerPart(results.map(withoutReply));
    }
    await out.sync();
    await out.close();
    await rename(part, target);
  } catch (error) {
    await out.close().catch(() => {});
    await rm(part, { force: true });
    throw error;
  }
  return { terminal, items, accepted };
}

export const answerName = (file: string): string => `${basename(file).replace(/\.jsonl$/, '')}.answer`;

/** The person's session is over: nobody could open its reply, and a medium is no place for it. */
function withoutReply(result: ItemResult): ItemResult {
  if (!('reply' in result)) return result;
  const { reply: _, ...rest } = result;
  return rest;
}

async function checkExport(file: string): Promise<ExportHeader> {
  const hash = createHash('sha256');
  let header: ExportHeader | null = null;
  let rows = 0;
  let last: Buffer | null = null;
  for await (const line of fileLines(file, MAX_EXPORT_LINE)) {
    if (last !== null) {
      hash.update(last).update('\n');
      if (header === null) header = parsed(ExportHeader, last);
      else rows += parsed(BatchItem, last) === null ? Number.NaN : 1;
      if (header === null) break;
    }
    last = line;
  }
  const trailer = last === null ? null : parsed(ExportTrailer, last);
  const whole = header !== null && trailer !== null && header.count === rows && trailer.count === rows;
  if (header === null || !whole || trailer?.sha256 !== hash.digest('hex'))
    throw new Error(`${basename(file)}: not a whole export of a kiosk`);
  return header;
}

async function* rowsOf(file: string): AsyncGenerator<Buffer> {
  let before: Buffer | null = null;
  let index = 0;
  // All but the first and the last.
  for await (const line of fileLines(file, MAX_EXPORT_LINE)) {
    if (before !== null && index > 1) yield before;
    before = line;
    index += 1;
  }
}

/** As many rows as one answer holds. */
async function* batchesOf(file: string): AsyncGenerator<BatchItem[]> {
  let batch: BatchItem[] = [];
  for await (const line of rowsOf(file)) {
    batch.push(BatchItem.parse(JSON.parse(line.toString('utf8'))));
    if (batch.length < MAX_BATCH_ITEMS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function parsed<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
  line: Buffer,
): T | null {
  try {
    const result = schema.safeParse(JSON.parse(line.toString('utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
