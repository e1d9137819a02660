import { z } from 'zod';
import { Category, GrantOn } from './catalogue.ts';

/** The ten rows of the kana table, by their first sign. */
export const KanaRow = z.enum(['ア', 'カ', 'サ', 'タ', 'ナ', 'ハ', 'マ', 'ヤ', 'ラ', 'ワ']);
export type KanaRow = z.infer<typeof KanaRow>;

/** What a person looks for. Nothing in it is personal: it needs no card. */
export const Filter = z
  .object({
    category: Category.nullable(),
    row: KanaRow.nullable(),
    /** As typed, letters and digits of any script; folding is the finder's business. No sign of it can steer a line of text. */
    keyword: z.string().regex(/^[\p{L}\p{N} \u3000・゛゜ﾞﾟ]{0,20}$/u),
    on: GrantOn.nullable(),
    /** Only services that take minors. */
    minors: z.boolean(),
    /** Only services that need no phone, neither app nor SMS. */
    noPhone: z.boolean(),
  })
  .strict();
export type Filter = z.infer<typeof Filter>;

export const NO_FILTER: Filter = { category: null, row: null, keyword: '', on: null, minors: false, noPhone: false };

/**
 * What stands in the way of signing up here, today. `minors`: the card is a minor's and the service takes none. A registration that the
 * service wants first is none: who has done it may go on.
 */
export const ServiceHindrance = z.enum(['app-only', 'closed', 'minors']);
export type ServiceHindrance = z.infer<typeof ServiceHindrance>;
