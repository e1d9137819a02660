const REPLACED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for the inside of an element or of a quoted attribute. */
export const text = (plain: string): string => plain.replaceAll(/[&<>"]/g, (mark) => REPLACED[mark] ?? mark);

/** With a capital letter. */
export const begun = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
