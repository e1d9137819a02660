/**
 * The one table of names on the card (SOURCES.md, Card: applications; SOURCES.md, Card: files). A next card generation changes
 * this file.
 * What is not in here the kiosk cannot ask for: the allow-list is built from it.
 */
/** Application identifier of the JPKI application, upper-case hex. Always the full one: partial ones match by prefix. */
export const JPKI_AID = 'D392F000260100000001';

/** Short file identifiers: the low five bits of the EF id. */
export const SFI = {
  /** EF 0006, token information: the first 32 bytes are the label. */
  tokenInfo: 0x06,
  /** EF 0008: which certificates exist. */
  presence: 0x08,
  /** EF 000A: the user-authentication certificate; free to read. */
  authCertificate: 0x0a,
  /** EF 0017: the user-authentication private key. */
  authKey: 0x17,
  /** EF 0018: the user-authentication PIN. */
  authPin: 0x18,
} as const;

/** Files that may be read, and no other. */
export const READABLE = [SFI.tokenInfo, SFI.presence, SFI.authCertificate] as const;

export const LABEL_LENGTH = 32;
/** Token labels by kind of device. */
export const LABEL = {
  myNumberCard: 'JPKIAPICCTOKEN2',
  jukiCard: 'JPKIAPICCTOKEN',
  androidPhone: 'JPKIAPGPSETOKEN',
  iPhone: 'JPKIAPIOSTOKEN',
} as const;
/** Cards count on: the next one's label is not published, and is taken to be this. */
export const NEXT_LABEL = 'JPKIAPICCTOKEN3';
/** A later number, or this one with something after it. */
export const LATER_LABEL = /^JPKIAPICCTOKEN(?:[3-9]|[1-9][0-9]|2.)/;

/** Byte of EF 0008 that says "this certificate exists"; the second byte stands for the authentication certificate. */
export const PRESENT = 0x8f;
