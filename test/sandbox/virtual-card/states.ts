import { personOf, type TestPerson, type TestPki } from '../pki/index.ts';
import { type PersonName, personNames } from '../pki/people.ts';
import { type Application, atrs, type CardImage, EF, type FileNode, JPKI_AID } from './image.ts';
import { textApplication } from './text-application.ts';
import { labels, tokenInfo } from './token-info.ts';

/** Every card the sandbox can lay on the reader: one for each test person, and a foreign IC card. */
export const cardStateNames = [...personNames, 'other'] as const;
export type CardStateName = (typeof cardStateNames)[number];

/** How the states differ from a fresh card. Dates and revocation lie in the person's certificate, not here. */
interface Variant {
  readonly atr: Uint8Array;
  readonly label: string;
  /** Tries left of the authentication PIN when the card is made. */
  readonly tries: number;
  readonly authCertificate: 'there' | 'none' | 'needs-pin';
  readonly pinLess: boolean;
}

const fresh: Variant = { atr: atrs.contactless, label: labels.card, tries: 3, authCertificate: 'there', pinLess: false };
const variants: Partial<Record<PersonName, Variant>> = {
  'wrong-pin-once': { ...fresh, tries: 2 },
  'wrong-pin-twice': { ...fresh, tries: 1 },
  locked: { ...fresh, tries: 0 },
  'no-auth-certificate': { ...fresh, authCertificate: 'none' },
  // What the counter of a 顔認証 card answers is not established (SOURCES.md, Card: PIN and VERIFY): 6984 is our assumption.
  face: { ...fresh, tries: 0, pinLess: true },
  // Everything but ATR and label is as on a My Number Card, so that only the label tells (SOURCES.md, Card: token information).
  juki: { ...fresh, atr: atrs.juki, label: labels.juki },
  phone: { ...fresh, atr: atrs.phone, label: labels.phone, authCertificate: 'needs-pin' },
  // The next card as we take it to be: nothing but its key and its life is published (SOURCES.md, Card: next generation).
  'next-card': { ...fresh, label: labels.next },
};

export interface ImageOptions {
  readonly atr?: Uint8Array;
  /** `FF` bytes after the DER in each certificate file (SOURCES.md, Card: SELECT and READ BINARY). */
  readonly filler?: number;
  /** Another authentication PIN than the person's. */
  readonly pin?: string;
}

/** A file without a certificate does not begin with 30 82 (SOURCES.md, Card: SELECT and READ BINARY); ours is all filler. */
const emptyFile = Buffer.alloc(1600, 0xff);

function jpkiApplication(person: TestPerson, variant: Variant, pki: TestPki, options: ImageOptions): Application {
  const { filler = 0 } = options;
  const data = (bytes: Uint8Array, needs: readonly number[] | null = null): FileNode => ({ kind: 'data', bytes, needs });
  const certificate = (bytes: Uint8Array, needs: readonly number[] | null = null): FileNode =>
    data(Buffer.concat([bytes, Buffer.alloc(filler, 0xff)]), needs);
  const auth = variant.authCertificate === 'none' ? emptyFile : person.authCertDer;
  // Which certificates exist: 8F = there (SOURCES.md, Card: files; that the second byte means the authentication one is our
  // reading).
  const presence = [person.signCertDer === null ? 0 : 0x8f, variant.authCertificate === 'none' ? 0 : 0x8f, 0];
  const pin = (value: string, max: number, tries: number, lockedToQuery: boolean): FileNode => ({
    kind: 'pin',
    value,
    max,
    tries,
    lockedToQuery,
  });
  const files: (readonly [number, FileNode])[] = [
    [EF.signCertificate, certificate(person.signCertDer ?? emptyFile, [EF.signPin])],
    [EF.signCa, certificate(pki.caSignDer)],
    [EF.tokenInfo, data(tokenInfo(variant.label))],
    [EF.presence, data(Buffer.from(presence))],
    [EF.reserved, data(Buffer.alloc(16, 0xff), [])],
    [EF.authCertificate, certificate(auth, variant.authCertificate === 'needs-pin' ? [EF.authPin] : null)],
    [EF.authCa, certificate(pki.caAuthDer)],
    [EF.authKey, { kind: 'key', pkcs8: person.authKey, pin: EF.authPin }],
    [EF.authPin, pin(options.pin ?? person.pin, 3, variant.tries, variant.pinLess)],
    [EF.signPin, pin(person.signaturePassword, 5, 5, false)],
  ];
  if (person.signKey !== null) files.push([EF.signKey, { kind: 'key', pkcs8: person.signKey, pin: EF.signPin }]);
  return { aid: JPKI_AID, files: new Map(files) };
}

/** The content of the card of one state. */
export function cardImage(state: CardStateName, pki: TestPki, options: ImageOptions): CardImage {
  if (state === 'other') return { atr: options.atr ?? atrs.drivingLicence, applications: [] };
  const variant = variants[state] ?? fresh;
  const jpki = jpkiApplication(personOf(pki, state), variant, pki, options);
  const onCard = variant.label === labels.card;
  return { atr: options.atr ?? variant.atr, applications: onCard ? [jpki, textApplication] : [jpki] };
}
