/** What is on a card: applications, each with elementary files (EFs) by 16-bit id. Built once, never changed by commands. */
export type FileNode =
  /** `needs`: PIN files of the same application, any one of which opens it; empty = nobody reads it; null = free. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly needs: readonly number[] | null }
  | {
      readonly kind: 'pin';
      readonly value: string;
      readonly max: number;
      readonly tries: number;
      readonly lockedToQuery: boolean;
    }
  /** PKCS#8 DER, RSA or P-384; used after the PIN in file `pin`. */
  | { readonly kind: 'key'; readonly pkcs8: Buffer; readonly pin: number };

export interface Application {
  /** Upper-case hex. */
  readonly aid: string;
  readonly files: ReadonlyMap<number, FileNode>;
}

export interface CardImage {
  readonly atr: Uint8Array;
  readonly applications: readonly Application[];
}

export const JPKI_AID = 'D392F000260100000001';
export const TEXT_AID = 'D3921000310001010408';

/** EF ids of the JPKI application (SOURCES.md, Card: files). */
export const EF = {
  signCertificate: 0x0001,
  signCa: 0x0002,
  tokenInfo: 0x0006,
  presence: 0x0008,
  reserved: 0x0009,
  authCertificate: 0x000a,
  authCa: 0x000b,
  authKey: 0x0017,
  authPin: 0x0018,
  signKey: 0x001a,
  signPin: 0x001b,
} as const;

export const atrs = {
  contactless: Buffer.from('3B8880010000 05E0B381A1007F'.replaceAll(' ', ''), 'hex'),
  contact: Buffer.from('3BDA13FF8131FB468012392F31C173C601C03B', 'hex'),
  juki: Buffer.from('3BE000FF8131FE4514', 'hex'),
  drivingLicence: Buffer.from('3B888001000000009181C100D8', 'hex'),
  /** PC/SC part 3, Type A without historical bytes. */
  phone: Buffer.from('3B80800101', 'hex'),
} as const;
