import { FORM_ID_GROUPS } from '../../main/contract/application.ts';
import type { PlainTextKey } from '../words/texts.ts';

/** Four and four from the left, as numbers are printed on cards. A sign is a code point. */
export function groupsOf(text: string, size = 4): string[] {
  const signs = [...text];
  return Array.from({ length: Math.ceil(signs.length / size) }, (_, index) =>
    signs.slice(index * size, (index + 1) * size).join(''),
  );
}

/** A masked account, grouped from the right: the last four, which its owner knows, stay together. */
export function maskedGroups(account: string, size = 4): string[] {
  const signs = [...account];
  const first = signs.length % size;
  const head = signs.slice(0, first).join('');
  return [...(head === '' ? [] : [head]), ...groupsOf(signs.slice(first).join(''), size)];
}

/** The part of a masked account that is not masked. */
export function unmasked(account: string): string {
  return account.replaceAll('•', '');
}

const NAMED: Record<string, PlainTextKey> = {
  '0': 'signs.0',
  O: 'signs.O',
  o: 'signs.o',
  '1': 'signs.1',
  I: 'signs.I',
  i: 'signs.i',
  L: 'signs.L',
  l: 'signs.l',
  '2': 'signs.2',
  Z: 'signs.Z',
  z: 'signs.z',
  '5': 'signs.5',
  S: 'signs.S',
  s: 'signs.s',
  '6': 'signs.6',
  G: 'signs.G',
  '8': 'signs.8',
  B: 'signs.B',
  '9': 'signs.9',
  g: 'signs.g',
  q: 'signs.q',
  U: 'signs.U',
  V: 'signs.V',
  ー: 'signs.dash',
};

/** What a sign is called that is easily taken for another; null: it has no name of its own. */
export function nameOfSign(sign: string): PlainTextKey | null {
  return Object.hasOwn(NAMED, sign) ? (NAMED[sign] ?? null) : null;
}

/** A form's number, or the beginning of one, in the groups of the contract. */
export function formGroups(digits: string): string[] {
  let at = 0;
  return FORM_ID_GROUPS.map((size) => {
    at += size;
    return digits.slice(at - size, at);
  }).filter((group) => group !== '');
}

/** An address in the parts where it may be broken and checked: before the @, then from dot to dot. Joined they are the address. */
export function emailParts(address: string): string[] {
  return address.split(/(?=[@.])/).flatMap((part) => groupsOf(part, 20));
}

/** A telephone number as it is spoken: 3-4-4 for mobile ones, else 2-4-4, whose length is right for every place. */
export function phoneGroups(digits: string): string[] {
  const first = /^0[5789]0/.test(digits) ? 3 : 2;
  return [digits.slice(0, first), digits.slice(first, first + 4), digits.slice(first + 4)].filter((group) => group !== '');
}
