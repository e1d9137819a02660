import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KEY_LAYOUTS, type KeyLayout } from '../../contract/key-layout.ts';
import { replaceFile } from '../settings/replace-file.ts';

/** `DATA/scanner.json`: the layout that a set-up code named. Settings that name one win over it. */
const FILE = 'scanner.json';
const Choice = z.object({ v: z.literal(1), layout: z.enum(KEY_LAYOUTS) }).strict();

export interface LayoutChoice {
  /** null: no set-up code was scanned, or the file cannot be used. */
  readonly layout: KeyLayout | null;
  /** @returns whether it will hold after the next start too; it holds now in any case */
  choose(layout: KeyLayout): boolean;
}

export function openLayoutChoice(data: string): LayoutChoice {
  const file = join(data, FILE);
  let layout = read(file);
  return {
    get layout() {
      return layout;
    },
    choose(next) {
      if (next === layout) return true;
      layout = next;
      return replaceFile(file, `${JSON.stringify({ v: 1, layout: next } satisfies z.infer<typeof Choice>)}\n`);
    },
  };
}

function read(file: string): KeyLayout | null {
  try {
    const parsed = Choice.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.layout : null;
  } catch {
    return null;
  }
}
