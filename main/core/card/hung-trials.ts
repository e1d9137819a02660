import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Log } from '../../contract/log-events.ts';
import type { CardReader } from '../ports.ts';
import { replaceFile } from '../settings/replace-file.ts';
import type { ExtendedLength } from './jpki/certificate-file.ts';

/** `DATA/reader.json`: kinds of readers that hung on an extended read. No serial of a reader, nothing of a card. */
const FILE = 'reader.json';
const MOST = 20;
const Remembered = z.object({ v: z.literal(1), short: z.array(z.string().min(1).max(200)).max(MOST) }).strict();

export interface HungTrials {
  /** How the card of this session is to be read. */
  lengthFor(session: CardSessionNumber): ExtendedLength;
  /** The trial with extended length passed its deadline: from now on this kind of reader gets none. */
  hung(session: CardSessionNumber): void;
}

export interface HungTrialsDeps {
  /** The kiosk's data folder. */
  readonly data: string;
  /** `settings.reader.extendedLength`. `never` needs no memory, and forgets: set once, then `auto` again, and each reader is tried anew. */
  readonly setting: ExtendedLength;
  readonly reader: Pick<CardReader, 'onEvent'>;
  readonly log: Log;
}

/** The name of a reader's kind: PC/SC puts its serial in brackets, and the numbers of reader and slot at the end. */
export function kindOf(reader: string): string {
  const kind = reader
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/(?:\s+[0-9A-F]{2}){1,2}\s*$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return kind === '' ? 'unnamed' : kind;
}

/** A reader that hangs on an extended read takes a person's time once, not with every card. */
export function openHungTrials({ data, setting, reader, log }: HungTrialsDeps): HungTrials {
  const file = join(data, FILE);
  if (setting === 'never') rmSync(file, { force: true });
  const short = new Set(setting === 'never' ? [] : read(file));
  const kinds = new Map<CardSessionNumber, string>();
  reader.onEvent((event) => {
    if (event.type !== 'inserted') return;
    // A card host that hangs is ended, and its cards are told as removed, before whoever waits hears that it hung.
    for (const [oldest] of kinds) if (kinds.size >= MOST) kinds.delete(oldest);
    kinds.set(event.session, kindOf(event.reader));
  });
  return {
    lengthFor: (session) => (short.has(kinds.get(session) ?? '') ? 'never' : setting),
    hung(session) {
      const kind = kinds.get(session);
      if (kind === undefined || short.has(kind) || short.size >= MOST) return;
      short.add(kind);
      log('reader.extended-hung', {});
      replaceFile(file, `${JSON.stringify({ v: 1, short: [...short] } satisfies z.infer<typeof Remembered>)}\n`);
    },
  };
}

function read(file: string): readonly string[] {
  try {
    const parsed = Remembered.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.short : [];
  } catch {
    return [];
  }
}
