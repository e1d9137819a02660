/** Longest code: five groups of four. */
const MOST = 20;

/** What was typed or pasted, as an enrolment code is written: capitals and digits in groups of four. */
export function inGroups(text: string): string {
  const signs = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, MOST);
  return signs.match(/.{1,4}/g)?.join('-') ?? '';
}
