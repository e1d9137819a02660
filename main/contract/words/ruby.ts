/** A piece of text: plain, or a base with its reading above it. */
export interface RubyPart {
  readonly base: string;
  readonly reading: string | null;
}

/** `{base|reading}`, neither part empty, no braces or bars inside. */
export const READING = /\{([^{}|]+)\|([^{}|]+)\}/g;

/** Word joiner: not seen, and no line begins after it. `~` in a text (texts.ts). */
export const TIE = '\u2060';

/** Splits marked-up text. What is not well-formed mark-up stays as it is. */
export function rubyParts(text: string): RubyPart[] {
  const parts: RubyPart[] = [];
  let end = 0;
  for (const match of text.matchAll(READING)) {
    const [whole, base = '', reading = ''] = match;
    if (match.index > end) parts.push({ base: text.slice(end, match.index), reading: null });
    parts.push({ base, reading });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ base: text.slice(end), reading: null });
  return parts;
}

/** The text without readings and ties: for names that are read aloud. */
export function plainText(text: string): string {
  return text.replaceAll(READING, '$1').replaceAll(TIE, '');
}
