import { appendFileSync } from 'node:fs';
import { z } from 'zod';

const at = z.iso.datetime();
const card = z.string();

/** One line of JSON per event of a card on a reader. Holds no PIN and no reply data, only status words and lengths. */
export const LogEntry = z.discriminatedUnion('event', [
  z.object({ event: z.literal('insert'), at, card, reader: z.string() }).strict(),
  /** `removed`: taken off; `left`: by itself, during a command; `reader`: the reader closed the line. */
  z.object({ event: z.literal('remove'), at, card, by: z.enum(['removed', 'left', 'reader']) }).strict(),
  z.object({ event: z.literal('power'), at, card, power: z.enum(['on', 'off', 'reset']) }).strict(),
  z
    .object({
      event: z.literal('apdu'),
      at,
      card,
      /** 1 = the first command since the card was laid on. */
      n: z.number().int().positive(),
      /** Upper-case hex; the bytes of a PIN are `**`. */
      command: z.string().regex(/^([0-9A-F]{2})*(\*\*)*$/),
      /** Null: the card left, or had no power. */
      sw: z
        .string()
        .regex(/^[0-9A-F]{4}$/)
        .nullable(),
      /** Reply bytes without the status word. */
      bytes: z.number().int().nonnegative(),
    })
    .strict(),
]);
export type LogEntry = z.infer<typeof LogEntry>;
export type CardLog = (entry: LogEntry) => void;

/** Hex, with everything after the length byte hidden when the instruction is VERIFY or CHANGE REFERENCE DATA, in any class. */
export function maskCommand(apdu: Uint8Array): string {
  const hex = Buffer.from(apdu).toString('hex').toUpperCase();
  const secret = apdu[1] === 0x20 || apdu[1] === 0x24;
  return secret && apdu.length > 5 ? hex.slice(0, 10) + '**'.repeat(apdu.length - 5) : hex;
}

/** Appends to a file, each line at once: what was logged survives the end of the process. */
export function fileLog(path: string): CardLog {
  return (entry) => appendFileSync(path, `${JSON.stringify(entry)}\n`);
}

/** Reads a log back. Throws on a line that is not one of ours: a log that cannot be read proves nothing. */
export function parseLog(text: string): LogEntry[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => LogEntry.parse(JSON.parse(line)));
}
