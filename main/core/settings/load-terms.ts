import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Settings } from '../../contract/config.ts';
import { eachOf, type Localised, localised } from '../../contract/languages.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { TermsDocument } from '../../contract/screens.ts';

const TermsText = TermsDocument.omit({ ref: true }).strict();
/** One file of terms: the version it is, and its text in every language. */
const TermsFile = z.object({ id: z.string(), version: z.string(), text: localised(TermsText).strict() }).strict();

/** Reads the terms that the settings name. The version in the file must be the one that people will be asked to agree to. */
export function loadTerms(terms: Settings['terms']): Result<Localised<TermsDocument>[], string[]> {
  const documents: Localised<TermsDocument>[] = [];
  const problems: string[] = [];
  terms.forEach(({ id, version, file }, index) => {
    const key = `terms.${index}.file`;
    const read = readJson(file);
    if (read === undefined) {
      problems.push(`${file}: cannot be read, or is not JSON (${key})`);
      return;
    }
    const parsed = TermsFile.safeParse(read);
    if (!parsed.success) {
      const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole file'}: ${message}`);
      problems.push(`${file}: ${wrong.join('; ')} (${key})`);
    } else if (parsed.data.id !== id || parsed.data.version !== version) {
      problems.push(`${file}: is ${parsed.data.id} ${parsed.data.version}, the settings want ${id} ${version} (${key})`);
    } else {
      const ref = { id, version };
      documents.push(eachOf(parsed.data.text, (text) => ({ ref, ...text })));
    }
  });
  return problems.length > 0 ? err(problems) : ok(documents);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
