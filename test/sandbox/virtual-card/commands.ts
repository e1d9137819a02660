import { constants, createPrivateKey, privateEncrypt } from 'node:crypto';
import { type Answer, type Command, status } from './apdu.ts';
import { type Chip, type PinState, pinState } from './chip.ts';
import type { Application, FileNode } from './image.ts';
import { signP384 } from './sign-p384.ts';
import { SW } from './status-words.ts';

/**
 * The commands of the card, each after SOURCES.md (The card). What that leaves open is
 * marked "assumed" where it is decided; README.md of this folder lists those choices.
 */
type Found<K extends FileNode['kind']> = { application: Application; id: number; node: Extract<FileNode, { kind: K }> };

/** The EF that P2 (or P1) names: 80 = the current one, 80|SFI = directly, which makes it current. */
function target<K extends FileNode['kind']>(chip: Chip, reference: number, kind: K): Found<K> | number {
  if ((reference & 0xe0) !== 0x80) return SW.badParameters;
  const { application } = chip;
  if (application === null) return SW.noCurrentFile;
  const sfi = reference & 0x1f;
  const id = sfi === 0 ? chip.file : sfi;
  if (id === null) return SW.noCurrentFile;
  const node = application.files.get(id);
  if (node === undefined) return SW.notFound;
  chip.file = id;
  return node.kind === kind ? { application, id, node: node as Extract<FileNode, { kind: K }> } : SW.wrongFileType;
}

function selectApplication(chip: Chip, { p2, data }: Command): Answer {
  if (data.length < 5 || data.length > 16) return status(data.length === 0 ? SW.badParameters : SW.notFound);
  // A partial AID matches by prefix in this card family (SOURCES.md, Card: applications).
  const wanted = Buffer.from(data).toString('hex').toUpperCase();
  const application = chip.image.applications.find(({ aid }) => aid.startsWith(wanted));
  if (application === undefined) return status(SW.notFound);
  if (p2 !== 0x0c) return status(SW.badParameters); // assumed: it never hands out an FCI
  chip.application = application;
  chip.file = null;
  return status(SW.done);
}

/** SELECT. P1 = 04 application, 02 EF under the current one; there is no usable MF (3F00: 6A82). */
export function select(chip: Chip, command: Command): Answer {
  const { p1, p2, data } = command;
  if (p1 === 0x04) return selectApplication(chip, command);
  if (p1 === 0x00) return status(data.length === 0 ? SW.badParameters : SW.notFound);
  if (p1 !== 0x02 || p2 !== 0x0c) return status(SW.badParameters);
  if (data.length !== 2) return status(SW.wrongLength);
  const id = Buffer.from(data).readUInt16BE();
  if (chip.application?.files.has(id) !== true) return status(SW.notFound);
  chip.file = id;
  return status(SW.done);
}

/** READ BINARY, at an offset of the current EF or by SFI (which makes that EF current). */
export function readBinary(chip: Chip, { p1, p2, data, le }: Command): Answer {
  if (data.length > 0 || le === null) return status(SW.wrongLength);
  const bySfi = p1 >= 0x80;
  if (bySfi && (p1 & 0x7f) === 0) return status(SW.badParameters); // assumed: SFI 0 names nothing
  const found = target(chip, bySfi ? p1 : 0x80, 'data');
  if (typeof found === 'number') return status(found);
  const { application, node } = found;
  const open = node.needs === null || node.needs.some((pin) => pinState(chip, application, pin).verified);
  if (!open) return status(SW.notVerified);
  const offset = bySfi ? p2 : p1 * 256 + p2;
  if (offset >= node.bytes.length) return status(SW.badOffset);
  return { data: node.bytes.slice(offset, offset + le), sw: SW.done };
}

const triesLeft = (state: PinState): number => SW.tries | state.tries;

/**
 * VERIFY, and without data the counter query, which changes nothing and answers 63Cx also after a success.
 * Assumed: a PIN of the wrong length counts like any other wrong one (not established; the dearest guess for a kiosk).
 */
export function verify(chip: Chip, { p1, p2, data }: Command): Answer {
  if (p1 !== 0) return status(SW.badParameters);
  const found = target(chip, p2, 'pin');
  if (typeof found === 'number') return status(found);
  const state = pinState(chip, found.application, found.id);
  if (data.length === 0) return status(found.node.lockedToQuery ? SW.locked : triesLeft(state));
  if (data.length > 16) return status(SW.wrongLength);
  if (state.tries === 0) return status(SW.locked);
  if (Buffer.from(data).equals(Buffer.from(state.value, 'latin1'))) {
    state.tries = found.node.max;
    state.verified = true;
    return status(SW.done);
  }
  state.tries -= 1;
  return status(triesLeft(state));
}

/**
 * CHANGE REFERENCE DATA with the new PIN alone, after VERIFY. Assumed: 6A80 for a PIN outside the rules of SOURCES.md, Card:
 * PIN and VERIFY.
 */
export function changePin(chip: Chip, { p1, p2, data }: Command): Answer {
  if (p1 !== 1) return status(SW.badParameters);
  const found = target(chip, p2, 'pin');
  if (typeof found === 'number') return status(found);
  const state = pinState(chip, found.application, found.id);
  if (state.tries === 0) return status(SW.locked);
  if (!state.verified) return status(SW.notVerified);
  const value = Buffer.from(data).toString('latin1');
  if (!(found.node.max === 5 ? /^[A-Z0-9]{6,16}$/ : /^\d{4}$/).test(value)) return status(SW.badData);
  state.value = value;
  return status(SW.done);
}

/** RSA: the card pads what it is given (PKCS#1 v1.5). @returns null: not what this key signs */
function signatureOf(pkcs8: Buffer, data: Uint8Array): Buffer | null {
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType === 'ec') return data.length === 48 ? signP384(key, data) : null;
  return data.length > 245 ? null : privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, data);
}

/** COMPUTE DIGITAL SIGNATURE with P1 = 00, of 1 to 245 bytes. What is longer than a short answer waits for GET RESPONSE (card.ts). */
export function sign(chip: Chip, { p1, p2, data, le }: Command): Answer {
  if (p1 !== 0) return status(SW.badParameters);
  const found = target(chip, p2, 'key');
  if (typeof found === 'number') return status(found);
  if (!pinState(chip, found.application, found.node.pin).verified) return status(SW.notVerified);
  if (data.length === 0) return status(SW.conditions);
  if (le === null || le < 256) return status(SW.wrongLength);
  const signature = signatureOf(found.node.pkcs8, data);
  return signature === null ? status(SW.conditions) : { data: signature, sw: SW.done };
}

/** GET CHALLENGE, 1 to 256 bytes; extended length is refused (SOURCES.md, Card: extended length). */
export function challenge({ p1, p2, data, le, extended }: Command, random: (length: number) => Uint8Array): Answer {
  if (p1 !== 0 || p2 !== 0) return status(SW.badParameters);
  if (extended) return status(SW.conditions);
  if (data.length > 0 || le === null) return status(SW.wrongLength);
  return { data: random(le), sw: SW.done };
}
