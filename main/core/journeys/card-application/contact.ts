import { Contact, type ContactKind } from '../../../contract/application.ts';
import type { ContactProblem } from '../../../contract/screens.ts';

/** Signs that fit on the screen; a telephone number may be typed too long, so that it can be told. */
const MOST_TYPED: Record<ContactKind, number> = { email: 120, phone: 15 };
const PHONE = { least: 10, most: 11 } as const;
const LONGEST_LOCAL_PART = 64;

/** Half width, without spaces; a telephone number without hyphens and brackets. What does not belong stays in: the check says so. */
export function normaliseContact(kind: ContactKind, text: string): string {
  const plain = text.normalize('NFKC').replaceAll(/\s/g, '');
  switch (kind) {
    case 'email':
      return plain;
    case 'phone':
      return plain.replaceAll(/[\p{Pd}\u2212ー()]/gu, '');
  }
}

/** What is in the field after one more key. `null`: the key does not belong there, or there is no room. */
export function typeContact(kind: ContactKind, text: string, key: string): string | null {
  const next = text + normaliseContact(kind, key);
  const fits = kind === 'email' ? /^[!-~]*$/ : /^\d*$/;
  return next !== text && next.length <= MOST_TYPED[kind] && fits.test(next) ? next : null;
}

/** @param text folded @returns null: it can be right */
export function checkContact(kind: ContactKind, text: string): ContactProblem | null {
  if (text === '') return 'empty';
  return kind === 'email' ? checkEmail(text) : checkPhone(text);
}

function checkEmail(text: string): ContactProblem | null {
  const [local = '', domain, more] = text.split('@');
  if (domain === undefined) return 'no-at';
  if (more !== undefined) return 'two-ats';
  if (local.length > LONGEST_LOCAL_PART) return 'too-long';
  if (!/^[^.]+(?:\.[^.]+)+$/.test(domain)) return 'no-domain';
  return Contact.safeParse({ kind: 'email', text }).success ? null : 'form';
}

function checkPhone(text: string): ContactProblem | null {
  if (!/^\d+$/.test(text)) return 'form';
  if (!text.startsWith('0')) return 'no-zero';
  if (text.length < PHONE.least) return 'too-short';
  if (text.length > PHONE.most) return 'too-long';
  return Contact.safeParse({ kind: 'phone', text }).success ? null : 'form';
}
