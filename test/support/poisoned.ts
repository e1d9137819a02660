import type { z } from 'zod';

/** What a person or a catalogue could have put into a field. */
export const POISON = '山田花子 0312345678 hanako@example.jp';
export const POISON_NUMBER = 739_145_269;

/** The part of zod's own description that the walk needs. */
interface Def {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly values?: readonly unknown[];
  readonly entries?: Record<string, string>;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly innerType?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly in?: z.ZodType;
}

/**
 * A value of this shape in which every open field holds poison: only literals and enums keep their own values. It need not parse; what
 * reads it must not care. @param pick 0 to below the given number
 */
export function poisoned(schema: z.ZodType, pick: (below: number) => number): unknown {
  const def = schema._zod.def as unknown as Def;
  const inner = (one: z.ZodType | undefined) => (one === undefined ? POISON : poisoned(one, pick));
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, one]) => [key, poisoned(one, pick)]));
    case 'literal':
      return def.values?.[0];
    case 'enum': {
      const values = Object.values(def.entries ?? {});
      return values[pick(values.length)];
    }
    case 'union':
      return inner(def.options?.[pick(def.options.length)]);
    case 'array':
      return [inner(def.element), inner(def.element)];
    case 'record':
      return { ja: POISON, en: POISON };
    case 'nullable':
    case 'optional':
      return pick(4) === 0 ? null : inner(def.innerType);
    case 'pipe':
      return inner(def.in);
    case 'boolean':
      return pick(2) === 0;
    case 'number':
      return POISON_NUMBER;
    case 'string':
      return POISON;
    default:
      throw new Error(`no poison for ${def.type}`);
  }
}
