import { secretBytes } from '../../../contract/secret-bytes.ts';
import { JPKI_AID, SFI } from './files.ts';

/**
 * Command APDUs (SOURCES.md, Card: command sequences). Pure: each call makes a new array, nobody keeps one.
 * Files are always named by SFI (`80|SFI`), which saves the SELECT of the file.
 */
const bySfi = (sfi: number): number => 0x80 | sfi;

/** PKCS#1 DigestInfo of SHA-256 without the digest: the card only pads what it is given (SOURCES.md, Card: signing). */
const SHA256_DIGEST_INFO = '3031300D060960864801650304020105000420';
const PIN_BYTES = 4;
/** Of SHA-256, and of SHA-384. */
export const DIGEST_BYTES = [32, 48] as const;

const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** SELECT of the JPKI application, no answer data wanted. */
export function selectJpki(): Uint8Array {
  return fromHex(`00A4040C0A${JPKI_AID}`);
}

/** READ BINARY from the start of a file, which becomes the current one. @param length 1 to 256 */
export function readFile(sfi: number, length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, bySfi(sfi), 0x00, length & 0xff);
}

/** The same with an extended Le of 65,536: everything the file holds. */
export function readWholeFile(sfi: number): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, bySfi(sfi), 0x00, 0x00, 0x00, 0x00);
}

/** READ BINARY of the current file. @param offset 0 to 32,767 @param length 1 to 256 */
export function readOn(offset: number, length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xb0, offset >> 8, offset & 0xff, length & 0xff);
}

/** How many tries the authentication PIN has left. Costs none. */
export function queryTries(): Uint8Array {
  return Uint8Array.of(0x00, 0x20, 0x00, bySfi(SFI.authPin));
}

/** VERIFY of the authentication PIN. The caller overwrites both arrays. @param pin four ASCII digits */
export function verifyPin(pin: Uint8Array): Uint8Array {
  const apdu = secretBytes(5 + PIN_BYTES);
  apdu.set([0x00, 0x20, 0x00, bySfi(SFI.authPin), PIN_BYTES]);
  apdu.set(pin, 5);
  return apdu;
}

/**
 * COMPUTE DIGITAL SIGNATURE with the authentication key.
 * @param digest SHA-256, 32 bytes, for an RSA key; SHA-384, 48 bytes, for one of P-384: then the digest alone, as we take it to
 * be (SOURCES.md, Card: next generation)
 */
export function signDigest(digest: Uint8Array): Uint8Array {
  const info = fromHex(digest.length === 32 ? SHA256_DIGEST_INFO : '');
  const length = info.length + digest.length;
  const apdu = new Uint8Array(5 + length + 1);
  apdu.set([0x80, 0x2a, 0x00, bySfi(SFI.authKey), length]);
  apdu.set(info, 5);
  apdu.set(digest, 5 + info.length);
  return apdu;
}

/** GET RESPONSE: fetches what 61xx announced. @param length the byte xx */
export function getResponse(length: number): Uint8Array {
  return Uint8Array.of(0x00, 0xc0, 0x00, 0x00, length);
}

/** Four ASCII digits and nothing else: a PIN of another form never goes to a card (SOURCES.md, Card: PIN and VERIFY). */
export function isPin(pin: Uint8Array): boolean {
  return pin.length === PIN_BYTES && pin.every((byte) => byte >= 0x30 && byte <= 0x39);
}
