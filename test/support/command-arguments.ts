import { type ParseArgsConfig, parseArgs } from 'node:util';
import { z } from 'zod';

const Help = z.object({ help: z.record(z.string(), z.string()) });

export interface Limits {
  /** Options that are whole numbers, 0 or more. */
  readonly numbers?: readonly string[];
  /** Options that are one of a few words, or empty: not given. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/**
 * What an npm command was called with. A word, a number or an option that it does not know ends it with code 2, what was wrong, and its help:
 * never with a stack, nor with a run that leaves it out.
 * @param name of the npm script
 */
export async function commandArguments<T extends ParseArgsConfig>(
  name: string,
  config: T,
  limits: Limits = {},
): Promise<ReturnType<typeof parseArgs<T>>> {
  const read = readArguments(config);
  const wrong = typeof read === 'string' ? read : outside(read.values, limits);
  if (wrong === null && typeof read !== 'string') return read;
  const { help } = Help.parse(await import(new URL('../../native/node/help.mjs', import.meta.url).href));
  process.stderr.write(`${wrong}\n${help[name]}\n`);
  process.exit(2);
}

function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> | string {
  try {
    return parseArgs(config);
  } catch (error) {
    return error instanceof TypeError ? error.message : 'arguments';
  }
}

function outside(values: Readonly<Record<string, unknown>>, { numbers = [], words = {} }: Limits): string | null {
  for (const option of numbers) {
    const value = values[option];
    if (value !== undefined && !/^\d{1,15}$/.test(String(value))) return `--${option}: wants a whole number`;
  }
  for (const [option, known] of Object.entries(words)) {
    const value = values[option];
    if (value !== undefined && value !== '' && !known.includes(String(value))) return `--${option}: one of ${known.join(', ')}`;
  }
  return null;
}
