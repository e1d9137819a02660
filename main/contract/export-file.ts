import { z } from 'zod';
import { ItemResult, MAX_BATCH_ITEMS, MAX_SEALED_BYTES } from './platform.ts';
import { TerminalId } from './submission.ts';

/**
 * The waiting and the parked rows of a kiosk whose line is dead, carried to the platform on a medium, and the platform's answer carried back.
 *
 * An export is JSON lines in UTF-8, each ended by a line feed: `ExportHeader`, then `count` rows exactly as `BatchItem` (sealed, as the
 * kiosk would send them), then `ExportTrailer`. The platform puts every row through the path that a batch takes, so a row that went
 * over the line meanwhile is a duplicate and nothing more.
 *
 * An answer is lines too: each a JWS (compact, ES256, the key that the catalogue is signed with) of one `ExportAnswer`.
 */
export const ExportHeader = z
  .object({
    v: z.literal(1),
    what: z.literal('madoguchi-export'),
    terminal: TerminalId,
    count: z.number().int().min(1),
    created: z.iso.datetime(),
  })
  .strict();
export type ExportHeader = z.infer<typeof ExportHeader>;

/** `sha256`: over every byte before this line, hex. */
export const ExportTrailer = z
  .object({ end: z.literal('madoguchi-export'), count: z.number().int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
  .strict();
export type ExportTrailer = z.infer<typeof ExportTrailer>;

/** `part` of `of`, from 1. Personal replies are left out: the session that could open them is long over. */
export const ExportAnswer = z
  .object({
    v: z.literal(1),
    what: z.literal('madoguchi-answer'),
    terminal: TerminalId,
    part: z.number().int().min(1),
    of: z.number().int().min(1),
    results: z.array(ItemResult).min(1).max(MAX_BATCH_ITEMS),
  })
  .strict();
export type ExportAnswer = z.infer<typeof ExportAnswer>;

/** In the JWS header, so that no other thing the platform signs can pass for an answer. */
export const ANSWER_TYPE = 'madoguchi-answer';

/** Longest line of an export: one row and its JSON. Of an answer: its results in base64url and the signature. */
export const MAX_EXPORT_LINE = MAX_SEALED_BYTES + 1024;
export const MAX_ANSWER_LINE = 256 * 1024;

/** UTC, to the second, as it stands in a file's name. @param at epoch ms */
const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
/** `madoguchi-TOWN-01-20270105-093000.jsonl` @param created epoch ms */
export const exportName = (terminal: string, created: number) => `madoguchi-${terminal}-${stamp(created)}.jsonl`;
/** What an answer to this kiosk is called; in between is the platform's choice. */
export const isAnswerName = (name: string, terminal: string) =>
  name.startsWith(`madoguchi-${terminal}-`) && name.endsWith('.answer');
