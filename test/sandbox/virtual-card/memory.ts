import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Tries left by `AID/EF`, for example `D392F000260100000001/0018`. */
export const Lockout = z.record(z.string().regex(/^[0-9A-F]+\/[0-9A-F]{4}$/), z.number().int().min(0).max(15));
export type Lockout = z.infer<typeof Lockout>;

/** Where PIN counters outlive a card object: a card keeps its wrong tries when it is taken off and laid on again. */
export interface CardMemory {
  read(card: string): Lockout;
  write(card: string, tries: Lockout): void;
}

/** For one process. */
export function cardMemory(): CardMemory {
  const cards = new Map<string, Lockout>();
  return { read: (card) => cards.get(card) ?? {}, write: (card, tries) => void cards.set(card, { ...tries }) };
}

const Stored = z.record(z.string(), Lockout);

/** In a JSON file, replaced whole at every change. Throws when the file is not one of ours. */
export function fileCardMemory(path: string): CardMemory {
  const load = (): z.infer<typeof Stored> => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
    return Stored.parse(JSON.parse(text));
  };
  return {
    read: (card) => load()[card] ?? {},
    write: (card, tries) => {
      writeFileSync(`${path}.part`, `${JSON.stringify({ ...load(), [card]: tries }, null, 2)}\n`);
      renameSync(`${path}.part`, path);
    },
  };
}
