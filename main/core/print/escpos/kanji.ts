import iconv from 'iconv-lite';

/**
 * Shift_JIS as a plain receipt printer has it: ASCII, half-width katakana and JIS X 0208. iconv's table is Windows' (code page 932), which
 * also holds what many printers lack: NEC's row 13 (①, ㈱) and IBM's characters (髙, 﨑). Those lines are sent as pictures.
 */
const inJisX0208 = (lead: number) => lead < 0x85 || (lead >= 0x88 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xea);

/** Where Unicode has two signs for one of JIS X 0208 and iconv knows the other. */
const TWINS: Readonly<Record<string, string>> = {
  '\u2011': '\u2010',
  '〜': '～',
  '−': '－',
  '—': '―',
  '‖': '∥',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
};

/** In the character set of Japan (ESC R 8) 5C is the yen sign; 5C and 7E are not what they are elsewhere, so both go as pictures. */
const YEN = Buffer.from([0x5c]);
const PLAIN = /^[ -[\]-}]$/;

/** One character as the printer's own font has it. `null`: it has not. */
export function kanjiCode(character: string): Buffer | null {
  if (PLAIN.test(character)) return Buffer.from(character, 'latin1');
  if (character === '¥') return YEN;
  // A single character is itself: the normal form of U+FA19 is the everyday 神, another one in a person's name.
  const composed = [...character].length === 1 ? character : character.normalize('NFC');
  if ([...composed].length !== 1 || (composed.codePointAt(0) ?? 0) < 0x80) return null;
  const code = iconv.encode(TWINS[composed] ?? composed, 'shift_jis');
  const [lead = 0] = code;
  if (code.length === 1) return lead >= 0xa1 && lead <= 0xdf ? code : null;
  return code.length === 2 && inJisX0208(lead) ? code : null;
}
