import { z } from 'zod';
import type { Told } from './child-rounds.ts';

/** What a child of child-rounds.ts is started with. */
export function roundArguments(): { folder: string; seed: number; from: number; to: number } {
  const [folder = '', ...numbers] = process.argv.slice(2);
  const [seed = 0, from = 0, to = 0] = z.array(z.coerce.number().int()).parse(numbers);
  return { folder, seed, from, to };
}

export const tellRound = (one: Told): void => void process.send?.(one);
