import type { PaymentService } from '../../contract/catalogue.ts';
import type { EntryProblem } from '../../contract/screens.ts';
import { checkField } from '../catalogue/field-check.ts';
import { readScan } from '../catalogue/scanned.ts';
import { pickCode, type Scanned } from '../scan/pick-code.ts';

/** What was scanned: `values` for the account and, where the code holds them, the fields after it; each is right. Or why it cannot be taken. */
export type AccountScan =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: EntryProblem };

/** @param services all that the catalogue knows: a code of another one is told as such @param today the calendar day in Japan */
export function readAccountScan(
  scanned: Scanned,
  service: PaymentService,
  services: readonly PaymentService[],
  today: string,
): AccountScan {
  const rules = [service.account, ...service.codes];
  const read = (text: string): AccountScan => {
    const found = readScan(text, service, services);
    if (found.kind !== 'fields') return { kind: 'problem', problem: found.kind };
    const values = [found.account, ...found.codes];
    const wrong = values.map((value, at) => checkField(value, rules[at] ?? service.account, today)).find((one) => one !== null);
    return wrong === undefined ? { kind: 'values', values } : { kind: 'problem', problem: wrong };
  };
  const picked = pickCode(scanned, (text) => {
    const one = read(text);
    return one.kind === 'values' ? JSON.stringify(one.values) : null;
  });
  return picked === 'several' ? { kind: 'problem', problem: 'scan-several' } : read(picked.text);
}
