import { MOST_CODES } from '../../main/contract/camera.ts';
import type { Intent } from '../../main/contract/page-protocol.ts';

/** Of one code, as the Port takes it. A longer one is nobody's number, and a piece of it must never pass for one. */
const LONGEST = 512;
/** Of all codes in one picture: well below what a message may hold, whatever signs are in them. */
const LONGEST_ALL = 1200;

/** @param texts all codes in view, at least one */
export function scannedIntent(step: number, texts: readonly string[]): Extract<Intent, { type: 'scanned' }> {
  const whole = texts.filter((text) => text.length <= LONGEST);
  const kept: string[] = [];
  let length = 0;
  for (const text of whole.slice(0, MOST_CODES)) {
    length += text.length;
    if (length > LONGEST_ALL) break;
    kept.push(text);
  }
  const [text = '', ...also] = kept;
  return { type: 'scanned', step, text, ...(also.length === 0 ? {} : { also }) };
}
