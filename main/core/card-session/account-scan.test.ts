import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import type { Scanned } from '../scan/pick-code.ts';
import { readAccountScan } from './account-scan.ts';

const { services } = smallCatalogue;
const scan = (scanned: Scanned) => {
  const service = services.find(({ id }) => id === 'sakura-prepaid');
  if (service === undefined) throw new Error('no such service');
  return readAccountScan(scanned, service, services, '2026-11-27');
};
const problem = (code: string) => ({ kind: 'problem', problem: code });

it('reads the account, and the codes that come with it', () => {
  expect(scan({ text: sakuraAccount(1) })).toEqual({ kind: 'values', values: [sakuraAccount(1)] });
});

it('says why a code cannot be taken: another service’s, an address, nothing known', () => {
  expect(scan({ text: 'mintpay:ABCDEF123456:654321' })).toEqual(problem('other-service'));
  expect(scan({ text: 'https://example.com/' })).toEqual(problem('scan-url'));
  expect(scan({ text: '???' })).toEqual(problem('scan-garbage'));
});

it('of several codes in view the one that fits is taken, and two that fit are told', () => {
  const one = sakuraAccount(1);
  expect(scan({ text: one, also: ['https://example.com/'] })).toEqual({ kind: 'values', values: [one] });
  expect(scan({ text: one, also: [sakuraAccount(2)] })).toEqual(problem('scan-several'));
});
