import { luhnDigit } from '../../main/contract/receipt.ts';
import type { MunicipalContent, SignUpContent, StatusContent } from '../../main/contract/submission.ts';

const PROGRAMME = { id: 'programme', version: '2026-10-01' };
const MY_KEY_ID = { id: 'my-key-id', version: '2026-10-01' };

/** A valid account of `sakura-prepaid`. @param n 0 to 99,999,999,999 */
export function sakuraAccount(n: number): string {
  const body = `6900${String(n).padStart(11, '0')}`;
  return body + String(luhnDigit(body));
}

/** A sign-up with `sakura-prepaid`, as a kiosk would compose it; without what every content has. */
export function signUpContent(given: Partial<SignUpContent> = {}): Partial<SignUpContent> {
  const { service = 'sakura-prepaid', makeId = true } = given;
  const own = { id: service, version: '2026-10-01' };
  return {
    kind: 'sign-up',
    measure: 'mynapoint-2026',
    catalogue: 1,
    service,
    account: sakuraAccount(1),
    codes: ['1234'],
    on: 'charge',
    makeId,
    terms: makeId ? [PROGRAMME, MY_KEY_ID, own] : [PROGRAMME, own],
    ...given,
  };
}

export function municipalContent(given: Partial<MunicipalContent> = {}): Partial<MunicipalContent> {
  return {
    kind: 'municipal',
    catalogue: 1,
    policy: { id: '990202-health', version: '2026-10-01' },
    answers: [
      { question: 'lives-here', answer: 'yes' },
      { question: 'had-check', answer: 'yes' },
    ],
    terms: [PROGRAMME],
    ...given,
  };
}

export const statusContent = (): Partial<StatusContent> => ({ kind: 'status', terms: [] });
