import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import { AccountForm } from './account-form.ts';

function formOf(id: string) {
  const { services } = smallCatalogue;
  const service = services.find((one) => one.id === id);
  if (service === undefined) throw new Error(id);
  return new AccountForm(service, services, () => '2026-11-27');
}

it('a scan on the first field fills it and goes on', () => {
  const form = formOf('sakura-prepaid');
  form.input({ type: 'scanned', text: sakuraAccount(1) });
  expect(form.view()).toMatchObject({ index: 1, text: '', scan: 'off' });
});

it('a scan on the code’s field is told and changes nothing: the account behind it is not on the screen', () => {
  const form = formOf('sakura-prepaid');
  form.input({ type: 'scanned', text: sakuraAccount(1) });
  form.input({ type: 'type', key: '1' });
  const before = form.view();
  for (const text of [sakuraAccount(2), 'https://example.com/', 'mintpay:ABCDEF123456:654321']) {
    expect(form.input({ type: 'scanned', text })).toBe('here');
    expect(form.view()).toEqual({ ...before, problem: 'scan-garbage' });
  }
  form.input({ type: 'press', button: 'back' });
  expect(form.view().text).toBe(sakuraAccount(1));
});

it('several codes in one picture: the one that fits is taken, and the viewfinder stays until then', () => {
  const form = formOf('sakura-prepaid');
  form.input({ type: 'press', button: 'scan' });
  form.input({ type: 'scanned', text: ']E04901234567894' });
  expect(form.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-garbage', text: '' });
  form.input({ type: 'scanned', text: ']Q1https://example.com/', also: [']E04901234567894'] });
  expect(form.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-url', text: '' });
  form.input({ type: 'scanned', text: `]C0${sakuraAccount(1)}`, also: [`]C0${sakuraAccount(2)}`] });
  expect(form.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-several', text: '' });
  // The same number twice is one.
  form.input({ type: 'scanned', text: ']E04901234567894', also: [`]C0${sakuraAccount(1)}`, `]F0A${sakuraAccount(1)}A`] });
  expect(form.view()).toMatchObject({ index: 1 });
  form.input({ type: 'press', button: 'back' });
  expect(form.view().text).toBe(sakuraAccount(1));
});
