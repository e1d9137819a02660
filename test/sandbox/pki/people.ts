import type { KeyKind } from './issue.ts';

/**
 * The invented holders of the test cards. Each has keys and certificates of its own, so that two cards are two people.
 * Days count from the making of the PKI; a certificate ends at 23:59:59 Japan time of its last day (SOURCES.md, Card: validity).
 */
export interface PersonPlan {
  readonly name: PersonName;
  /** User-authentication PIN, 4 digits. */
  readonly pin: string;
  /** Signature password, 6 to 16 of A-Z 0-9. */
  readonly signaturePassword: string;
  readonly issuedDaysAgo: number;
  readonly endsInDays: number;
  /** Of the authentication key. `p384`: as the next card is said to have it (SOURCES.md, Card: next generation). */
  readonly key: KeyKind;
  /** A child under 15 has no signature certificate. */
  readonly signature: boolean;
  readonly revoked: boolean;
  /** Renewed a few hours before the PKI was made; the old certificate is chained and on the revocation list. */
  readonly renewed: boolean;
}

export const personNames = [
  'fresh',
  'fresh-2',
  'child',
  'wrong-pin-once',
  'wrong-pin-twice',
  'locked',
  'expired',
  'expiring-soon',
  'renewed-today',
  'revoked',
  'no-auth-certificate',
  'face',
  'juki',
  'phone',
  'slow',
  'leaves-mid-command',
  'long-key',
  'next-card',
] as const;
export type PersonName = (typeof personNames)[number];

const usual = { key: 'rsa2048', issuedDaysAgo: 400, endsInDays: 1000, signature: true, revoked: false, renewed: false } as const;

const plans: Record<PersonName, Omit<PersonPlan, 'name' | 'signaturePassword'>> = {
  fresh: { ...usual, pin: '1234' },
  'fresh-2': { ...usual, pin: '5678', issuedDaysAgo: 90, endsInDays: 1500 },
  child: { ...usual, pin: '4649', signature: false },
  'wrong-pin-once': { ...usual, pin: '2580' },
  'wrong-pin-twice': { ...usual, pin: '7351' },
  locked: { ...usual, pin: '8406' },
  expired: { ...usual, pin: '3917', issuedDaysAgo: 1800, endsInDays: -20 },
  'expiring-soon': { ...usual, pin: '6284', issuedDaysAgo: 1700, endsInDays: 60 },
  'renewed-today': { ...usual, pin: '9173', issuedDaysAgo: 1750, endsInDays: 1800, renewed: true },
  revoked: { ...usual, pin: '5029', revoked: true },
  'no-auth-certificate': { ...usual, pin: '7748' },
  face: { ...usual, pin: '3365' },
  juki: { ...usual, pin: '4081' },
  phone: { ...usual, pin: '6617' },
  slow: { ...usual, pin: '1492' },
  'leaves-mid-command': { ...usual, pin: '8530' },
  'long-key': { ...usual, pin: '2764', key: 'rsa4096' },
  'next-card': { ...usual, pin: '9052', key: 'p384' },
};

export const personPlans: readonly PersonPlan[] = personNames.map((name, index) => ({
  name,
  ...plans[name],
  signaturePassword: `TEST${String(index + 1).padStart(4, '0')}A`,
}));
