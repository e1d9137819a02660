import { z } from 'zod';

/**
 * Languages of the citizens' page and slips. A new one is a line here, its folder under `kiosk-config/words`, and its font.
 * `locale`: of its dates, numbers and plurals (BCP 47).
 */
const PUBLIC = {
  ja: { locale: 'ja-JP' },
  en: { locale: 'en-GB' },
} as const;

export const PublicLanguage = z.enum(Object.keys(PUBLIC) as [keyof typeof PUBLIC, ...(keyof typeof PUBLIC)[]]);
export type PublicLanguage = z.infer<typeof PublicLanguage>;

/** Languages of the staff's page and report. */
export const StaffLanguage = z.enum(['ja', 'en']);
export type StaffLanguage = z.infer<typeof StaffLanguage>;

/** BCP 47 tags. */
export const LOCALES = { ja: PUBLIC.ja.locale, en: PUBLIC.en.locale } as const;
