import { type PaymentService, ServiceId } from '../../contract/catalogue.ts';
import { luhnDigit } from '../../contract/receipt.ts';
import { type Reading, readings } from '../scan/readings.ts';
import { checkField } from './field-check.ts';
import { normaliseField } from './normalise.ts';

/** What a code means for the field that is up. Fields are folded, not yet checked. */
export type Scan =
  | { readonly kind: 'fields'; readonly account: string; readonly codes: readonly string[] }
  | { readonly kind: 'other-service' }
  | { readonly kind: 'scan-url' }
  | { readonly kind: 'scan-garbage' };

const SERVICE_CODE = 'MADO1S:';
const RECEIPT_CODE = 'MADO1R:';

/** The parts of what a pay app shows. `null`: not of this service. */
function partsOf(text: string, { appCode, account, codes }: PaymentService): Scan | null {
  if (appCode === null || !text.startsWith(appCode.prefix)) return null;
  const values = text.slice(appCode.prefix.length).split(appCode.separator);
  if (values.length !== appCode.parts.length) return { kind: 'scan-garbage' };
  const found = new Map(appCode.parts.map((part, at) => [part, values[at] ?? '']));
  const given = codes.map((rule, at) => normaliseField(found.get(`code-${at + 1}` as 'code-1') ?? '', rule.charset));
  const missing = given.indexOf('');
  return {
    kind: 'fields',
    account: normaliseField(found.get('account') ?? '', account.charset),
    codes: missing === -1 ? given : given.slice(0, missing),
  };
}

/** Reads whatever a camera or a hand scanner brought, for one service. Never guesses: what does not fit wholly is no account. */
export function readScan(read: string, service: PaymentService, services: readonly PaymentService[]): Scan {
  const found = readings(read).map((reading) => readOne(reading, service, services));
  const fields = found.filter((scan) => scan.kind === 'fields');
  return (
    fields.find(({ account }) => checkField(account, service.account) === null) ??
    fields[0] ??
    found.find(({ kind }) => kind === 'other-service') ??
    found.find(({ kind }) => kind === 'scan-url') ?? { kind: 'scan-garbage' }
  );
}

function readOne({ text, bareNumber }: Reading, service: PaymentService, services: readonly PaymentService[]): Scan {
  const own = partsOf(text, service);
  if (own !== null) return own;
  if (services.some((other) => other.id !== service.id && other.appCode !== null && text.startsWith(other.appCode.prefix)))
    return { kind: 'other-service' };
  if (/^(?:https?:|www\.)/i.test(text)) return { kind: 'scan-url' };
  if (!bareNumber) return { kind: 'scan-garbage' };
  const account = normaliseField(text, service.account.charset);
  if (text.length <= 64 && checkField(account, service.account) === null) return { kind: 'fields', account, codes: [] };
  const elsewhere = services.some(
    (other) =>
      other.id !== service.id &&
      other.account.prefix !== undefined &&
      other.account.checkDigit !== undefined &&
      checkField(normaliseField(text, other.account.charset), other.account) === null,
  );
  return { kind: elsewhere ? 'other-service' : 'scan-garbage' };
}

/** The code on a slip for another day: which service was chosen, nothing else. */
export const serviceCode = (service: string): string => SERVICE_CODE + service;

/** The service that a slip's code or a pay app's code belongs to. `null`: neither. */
export function readServiceCode(read: string, services: readonly PaymentService[]): string | null {
  return first(read, (text) => serviceOf(text, services));
}

function serviceOf(text: string, services: readonly PaymentService[]): string | null {
  if (text.startsWith(SERVICE_CODE)) {
    const id = ServiceId.safeParse(text.slice(SERVICE_CODE.length));
    return id.success && services.some((service) => service.id === id.data) ? id.data : null;
  }
  return services.find(({ appCode }) => appCode !== null && text.startsWith(appCode.prefix))?.id ?? null;
}

/** The code on a receipt's slip. */
export const receiptCode = (receipt: string): string => RECEIPT_CODE + receipt;

/** The receipt number of a slip's code, or typed. `null`: neither, or a wrong check digit. */
export function readReceiptCode(read: string): string | null {
  return first(read, (text, bareNumber) => {
    if (!bareNumber && !text.startsWith(RECEIPT_CODE)) return null;
    const digits = text.replace(RECEIPT_CODE, '').replaceAll(/[\s-]/g, '').normalize('NFKC');
    return /^\d{10}$/.test(digits) && luhnDigit(digits.slice(0, -1)) === Number(digits.at(-1)) ? digits : null;
  });
}

function first(read: string, find: (text: string, bareNumber: boolean) => string | null): string | null {
  for (const { text, bareNumber } of readings(read)) {
    const found = find(text, bareNumber);
    if (found !== null) return found;
  }
  return null;
}
