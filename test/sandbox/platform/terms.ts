import type { RefusalCode } from '../../../main/contract/platform.ts';
import type { TermsRef } from '../../../main/contract/submission.ts';

/** A version of a document that may be agreed to. `until`: last instant of that, ISO 8601; a new version has come. */
export interface KnownTerms extends TermsRef {
  readonly until?: string;
}

/** Agreed to when a My Key ID is made. */
export const MY_KEY_ID_TERMS = 'my-key-id';

/** What the sandbox's platform knows: the documents of kiosk-config/defaults.json, both needed for a set-up. */
export const defaultTerms: readonly KnownTerms[] = [
  { id: 'programme', version: '2026-10-01' },
  { id: MY_KEY_ID_TERMS, version: '2026-10-01' },
];

/**
 * @param agreed what the person agreed to @param act when, epoch ms
 * @returns null when every document of the platform was agreed to once, in a version that was open at that time
 */
export function checkTerms(agreed: readonly TermsRef[], known: readonly KnownTerms[], act: number): RefusalCode | null {
  const ids = agreed.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'content-refused';
  if (known.some(({ id }) => !ids.includes(id))) return 'content-refused';
  const open = ({ id, version }: TermsRef): boolean =>
    known.some((one) => one.id === id && one.version === version && (one.until === undefined || act <= Date.parse(one.until)));
  return agreed.every(open) ? null : 'terms-changed';
}
