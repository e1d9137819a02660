/**
 * No file on the card is larger than this, and no offset of READ BINARY reaches further (SOURCES.md, Card: SELECT and READ
 * BINARY).
 */
export const MAX_FILE_BYTES = 0x8000;

/**
 * Length of the certificate that starts here, its header included: `30 82 hh ll` means hhll + 4 bytes; what follows in
 * the file is filler. @returns null when it does not start so: the file holds no certificate (SOURCES.md, Card: SELECT
 * and READ BINARY)
 */
export function certificateLength(head: Uint8Array): number | null {
  const [tag, form, high, low] = head;
  if (tag !== 0x30 || form !== 0x82 || high === undefined || low === undefined) return null;
  return high * 256 + low + 4;
}
