import { CODE_WORDS } from './code-words.ts';
import { readSources, readTerms, readWords } from './read-words.ts';
import {
  codesWithoutWords,
  missingAndExtra,
  misspelled,
  notes,
  placeholders,
  readings,
  spellings,
  unused,
} from './word-faults.ts';

/** @returns one line for everything that is wrong with the words of this tree */
export function wordFaults(root: string): string[] {
  const words = readWords(root);
  return [
    ...missingAndExtra(words),
    ...notes(words),
    ...placeholders(words),
    ...readings(words),
    ...spellings(words),
    ...readTerms(root).flatMap(({ path, text }) => misspelled(path, text)),
    ...unused(words, readSources(root)),
    ...codesWithoutWords(words, CODE_WORDS),
  ];
}
