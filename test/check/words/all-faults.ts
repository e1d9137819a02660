import { CODE_WORDS } from './code-words.ts';
import { readSources, readWords } from './read-words.ts';
import { codesWithoutWords, missingAndExtra, notes, placeholders, readings, spellings, unused } from './word-faults.ts';

/** @returns one line for everything that is wrong with the words of this tree */
export function wordFaults(root: string): string[] {
  const words = readWords(root);
  return [
    ...missingAndExtra(words),
    ...notes(words),
    ...placeholders(words),
    ...readings(words),
    ...spellings(words),
    ...unused(words, readSources(root)),
    ...codesWithoutWords(words, CODE_WORDS),
  ];
}
