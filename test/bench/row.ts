import { z } from 'zod';

/** One part of where the time of a row goes. */
export const Part = z.object({ part: z.string().min(1), value: z.number(), unit: z.string() }).strict();
export type Part = z.infer<typeof Part>;

/**
 * One figure of a bench. `value` and `floor` are in `unit`, medians over the rounds; `ratio`: median of the rounds' own ratios, value to
 * floor (or floor to value, where more is better and `what` says so). `goal`: in words, see `atMost` and `atLeast`. `spread`: lowest and
 * highest round of what the goal is about. `profile`: where the time goes, measured in the same run; there where `ok` is false.
 */
export const BenchRow = z
  .object({
    bench: z.string().min(1),
    what: z.string().min(1),
    value: z.number(),
    unit: z.string(),
    floor: z.number().nullable(),
    ratio: z.number().nullable(),
    goal: z.string(),
    ok: z.boolean(),
    spread: z.tuple([z.number(), z.number()]).optional(),
    profile: z.array(Part).optional(),
  })
  .strict();
export type BenchRow = z.infer<typeof BenchRow>;

/** What a bench is told. `rounds`: how often each side is measured, in turn. `depth`: rows of the deepest queue. `only`: sections by name. */
export interface BenchOptions {
  readonly rounds: number;
  readonly depth: number;
  readonly only: string | null;
  /** A line for who waits. */
  say(line: string): void;
}

/** A limit, on the ratio where `unit` is `x`, else on the value. */
export interface Goal {
  readonly kind: 'at most' | 'at least';
  readonly limit: number;
  readonly unit: string;
}
export const atMost = (limit: number, unit: string): Goal => ({ kind: 'at most', limit, unit });
export const atLeast = (limit: number, unit: string): Goal => ({ kind: 'at least', limit, unit });

/** Of a figure that stands there to be compared with: nothing is asked of it. */
export const NO_GOAL = 'none, for comparison';

export const inWords = (goal: Goal): string => `${goal.kind} ${goal.limit} ${goal.unit}`;

/** @returns null where the words hold no limit */
export function readGoal(words: string): Goal | null {
  const found = /^(at most|at least) ([\d.]+) ?(.*)$/.exec(words);
  if (found === null) return null;
  const [, kind, limit, unit = ''] = found;
  return { kind: kind === 'at most' ? 'at most' : 'at least', limit: Number(limit), unit };
}

/** The number that the goal is about. */
export const judged = (row: Pick<BenchRow, 'value' | 'ratio'>, goal: Goal): number =>
  goal.unit === 'x' ? (row.ratio ?? Number.NaN) : row.value;

export const reached = (row: Pick<BenchRow, 'value' | 'ratio'>, goal: Goal): boolean => {
  const number = judged(row, goal);
  return goal.kind === 'at most' ? number <= goal.limit : number >= goal.limit;
};

/** A row with its verdict; one that falls short gets its profile. @param why measures where the time goes; asked only then */
export async function judgedRow(
  figure: Omit<BenchRow, 'goal' | 'ok' | 'profile'>,
  goal: Goal | null,
  why: () => Promise<Part[]> | Part[],
): Promise<BenchRow> {
  if (goal === null) return { ...figure, goal: NO_GOAL, ok: true };
  const ok = reached(figure, goal);
  return { ...figure, goal: inWords(goal), ok, ...(ok ? {} : { profile: await why() }) };
}
