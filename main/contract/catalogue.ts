import canonicalize from 'canonicalize';
import { z } from 'zod';
import { localised } from './languages.ts';

/**
 * The catalogue of cashless services and municipal policies: public data, made and signed by the platform, kept by the kiosk
 * (SOURCES.md, Sign-up: fields; SOURCES.md, Municipal points). On the wire and on disk it is a JWS (compact, ES256) over the
 * JSON of `Catalogue`.
 */
export const MAX_CATALOGUE_BYTES = 4 * 1024 * 1024;
const MAX_SERVICES = 2000;

/** Nothing that is not seen: no control or formatting sign (NUL, line ends, marks that turn the direction), no half of a character. */
const seen = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+$/u);
/** A name in the languages that the catalogue has; a kiosk leaves out those that it does not speak. */
export const Words = localised(seen(120));
export type Words = z.infer<typeof Words>;
const Sentences = localised(z.array(seen(600)).max(20));

export const ServiceId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
/** A calendar day in Japan, YYYY-MM-DD. A last day counts to its end, 24:00 in Japan. */
export const Day = z.iso.date();
const Yen = z.number().int().min(0).max(100_000_000);

export const Category = z.enum(['e-money', 'qr', 'credit', 'debit', 'prepaid']);
export type Category = z.infer<typeof Category>;
/** Points come on a prepayment (前払い) or on a purchase (物品等の購入). */
export const GrantOn = z.enum(['charge', 'purchase']);
export type GrantOn = z.infer<typeof GrantOn>;

/** What a field is written with. `kana`: full-width katakana and the long mark. */
export const Charset = z.enum(['digits', 'upper-digits', 'alphanumeric', 'kana']);
export type Charset = z.infer<typeof Charset>;
/** `luhn`: ISO/IEC 7812-1 annex B. `weighted-31`: weights 3, 1 from the right, as EAN. `mod-11`: weights 2 to 7 from the right, 10 is written 0. */
export const CheckDigit = z.enum(['luhn', 'weighted-31', 'mod-11']);
export type CheckDigit = z.infer<typeof CheckDigit>;
/** Where a person finds it; each has a drawing. */
export const WhereToFind = z.enum([
  'card-front',
  'card-back',
  'card-back-panel',
  'app-account',
  'app-code',
  'mail',
  'statement',
  'known',
]);
export type WhereToFind = z.infer<typeof WhereToFind>;

/** Rules of one thing to type. Lengths in characters, prefix and check digit included. The check digit is the last character. */
export const FieldRule = z
  .object({
    label: Words,
    charset: Charset,
    least: z.number().int().min(1).max(32),
    most: z.number().int().min(1).max(32),
    prefix: z.string().max(12).optional(),
    checkDigit: CheckDigit.optional(),
    /** What the digits mean, where they cannot be just any. `birth-date`: YYYYMMDD of the calendar, not after today. */
    holds: z.enum(['birth-date']).optional(),
    where: WhereToFind,
    /** A year, a phone number's end, a security code: not shown again in full on the read-back. */
    secret: z.boolean(),
  })
  .strict()
  .refine(({ least, most }) => least <= most, 'least above most')
  .refine(({ prefix = '', most }) => prefix.length < most, 'the prefix fills the field')
  .refine(({ holds, charset, least, most }) => holds === undefined || (charset === 'digits' && least === 8 && most === 8), {
    error: 'a date has eight digits',
  })
  .refine(({ charset, checkDigit }) => checkDigit === undefined || charset === 'digits', 'check digits are for digits');
export type FieldRule = z.infer<typeof FieldRule>;

/** How the code that a pay app shows is read: `prefix`, then the parts, split by `separator`. */
const AppCode = z
  .object({
    prefix: z.string().min(2).max(24),
    separator: z.string().length(1),
    parts: z
      .array(z.enum(['account', 'code-1', 'code-2', 'code-3']))
      .min(1)
      .max(4),
  })
  .strict();

/** The service's own conditions (特約), agreed to beside the programme's terms. */
const ServiceTerms = z.object({ version: z.iso.date(), title: Words, summary: Sentences, paragraphs: Sentences }).strict();

export const PaymentService = z
  .object({
    id: ServiceId,
    name: Words,
    /** Reading of the Japanese name in full-width katakana: for the kana rows and for search. */
    kana: z.string().regex(/^[ァ-ヴー・]{1,40}$/),
    category: Category,
    grantOn: z.array(GrantOn).min(1).max(2),
    account: FieldRule,
    codes: z.array(FieldRule).min(1).max(3),
    appCode: AppCode.nullable(),
    /** Sign-up only inside the service's own app. */
    appOnly: z.boolean(),
    /** Something must be done with the service first (SOURCES.md, Sign-up: conditions of services). */
    preRegistration: Words.nullable(),
    minors: z.boolean(),
    phoneNeeded: z.boolean(),
    /** Last day of sign-up with this service; may be earlier than the measure's. */
    lastDay: Day,
    /** Charges and purchases on the day of sign-up count. */
    sameDayCounts: z.boolean(),
    /** Most that can be charged at once, yen; null: no such limit. */
    maxChargePerTime: Yen.nullable(),
    /** The service's own sign-up page, for a person's own phone. */
    signUpUrl: z.url({ protocol: /^https$/ }).max(200),
    terms: ServiceTerms,
  })
  .strict();
export type PaymentService = z.infer<typeof PaymentService>;

/** What is granted by the ministry: configuration, since it left the numbers blank (SOURCES.md, Sign-up: the programme). */
export const Measure = z
  .object({
    id: z.string().regex(/^[a-z0-9-]{2,40}$/),
    name: Words,
    /** Points for each hundred yen. */
    percent: z.number().min(0).max(100),
    /** Most points that one person gets. */
    cap: Yen,
    /** Charges and purchases count from `from` to `to`, both included. */
    from: Day,
    to: Day,
    lastDay: Day,
  })
  .strict();
export type Measure = z.infer<typeof Measure>;

export const Purpose = z.enum(['childbirth', 'migration', 'taxi', 'elderly', 'health']);
export type Purpose = z.infer<typeof Purpose>;

/**
 * A municipality's own points (SOURCES.md, Municipal points). Whether a person may have them is asked, and never read from the
 * chip.
 */
export const MunicipalPolicy = z
  .object({
    id: z.string().regex(/^[a-z0-9-]{2,40}$/),
    version: z.iso.date(),
    municipality: Words,
    /** 全国地方公共団体コード, six digits. */
    municipalityCode: z.string().regex(/^\d{6}$/),
    purpose: Purpose,
    title: Words,
    amount: Yen,
    /** Each is answered yes or no; `wanted` is what a person must be able to say. */
    questions: z
      .array(z.object({ id: z.string().regex(/^[a-z0-9-]{2,40}$/), text: Words, wanted: z.enum(['yes', 'no']) }).strict())
      .min(1)
      .max(5),
    /** Where the points can be spent. */
    area: z.enum(['anywhere', 'municipality', 'shops']),
    from: Day,
    lastDay: Day,
  })
  .strict();
export type MunicipalPolicy = z.infer<typeof MunicipalPolicy>;

const unique = <T>(items: readonly T[], of: (item: T) => string) => new Set(items.map(of)).size === items.length;

export const Catalogue = z
  .object({
    v: z.literal(1),
    /** Grows with every change. A lower one than was ever taken is refused, and so is another content under the same. */
    version: z.number().int().min(1),
    issuedAt: z.iso.datetime(),
    measure: Measure,
    services: z.array(PaymentService).min(1).max(MAX_SERVICES),
    policies: z.array(MunicipalPolicy).max(500),
  })
  .strict()
  .refine(({ services }) => unique(services, ({ id }) => id), 'a service twice')
  .refine(({ policies }) => unique(policies, ({ id }) => id), 'a policy twice');
export type Catalogue = z.infer<typeof Catalogue>;

/**
 * The signed header of a catalogue (JWS, RFC 7515). `aud`: the terminals that it is for, each by its id, or by the beginning of one and an
 * asterisk (`TOWN-*`). `iat`, `exp`: signed at, and to be used until; seconds since 1970.
 */
export const CatalogueHeader = z
  .object({
    alg: z.literal('ES256'),
    typ: z.literal('madoguchi-catalogue'),
    aud: z
      .array(z.string().regex(/^[A-Za-z0-9-]{1,64}\*?$/))
      .min(1)
      .max(1000),
    iat: z.number().int().min(0),
    exp: z.number().int().min(0),
  })
  .strict()
  .refine(({ iat, exp }) => exp > iat, 'run out before it was signed');
export type CatalogueHeader = z.infer<typeof CatalogueHeader>;

export const isAddressedTo = ({ aud }: Pick<CatalogueHeader, 'aud'>, terminal: string): boolean =>
  aud.some((name) => (name.endsWith('*') ? terminal.startsWith(name.slice(0, -1)) : name === terminal));

/** The same text for the same content, however it was written (RFC 8785). */
export const canonicalCatalogue = (catalogue: Catalogue): string => canonicalize(catalogue) ?? '';
