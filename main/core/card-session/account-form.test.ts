import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import { createAccountForm } from './account-form.ts';

function deskOf(id: string) {
  const { services } = smallCatalogue;
  const service = services.find((one) => one.id === id);
  if (service === undefined) throw new Error(id);
  return createAccountForm(service, services, () => '2026-11-27');
}

it('a scan on the first field fills it and goes on', () => {
  const desk = deskOf('sakura-prepaid');
  desk.input({ type: 'SCANNED', text: sakuraAccount(1) });
  expect(desk.view()).toMatchObject({ index: 1, text: '', scan: 'off' });
});

it('a scan on the code’s field is told and changes nothing: the account behind it is not on the screen', () => {
  const desk = deskOf('sakura-prepaid');
  desk.input({ type: 'SCANNED', text: sakuraAccount(1) });
  desk.input({ type: 'TYPE', key: '1' });
  const before = desk.view();
  for (const text of [sakuraAccount(2), 'https://example.com/', 'mintpay:ABCDEF123456:654321']) {
    expect(desk.input({ type: 'SCANNED', text })).toBe('here');
    expect(desk.view()).toEqual({ ...before, problem: 'scan-garbage' });
  }
  desk.input({ type: 'PRESS', button: 'back' });
  expect(desk.view().text).toBe(sakuraAccount(1));
});

it('several codes in one picture: the one that fits is taken, and the viewfinder stays until then', () => {
  const desk = deskOf('sakura-prepaid');
  desk.input({ type: 'PRESS', button: 'scan' });
  desk.input({ type: 'SCANNED', text: ']E04901234567894' });
  expect(desk.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-garbage', text: '' });
  desk.input({ type: 'SCANNED', text: ']Q1https://example.com/', also: [']E04901234567894'] });
  expect(desk.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-url', text: '' });
  desk.input({ type: 'SCANNED', text: `]C0${sakuraAccount(1)}`, also: [`]C0${sakuraAccount(2)}`] });
  expect(desk.view()).toMatchObject({ index: 0, scan: 'camera', problem: 'scan-several', text: '' });
  // The same number twice is one.
  desk.input({ type: 'SCANNED', text: ']E04901234567894', also: [`]C0${sakuraAccount(1)}`, `]F0A${sakuraAccount(1)}A`] });
  expect(desk.view()).toMatchObject({ index: 1 });
  desk.input({ type: 'PRESS', button: 'back' });
  expect(desk.view().text).toBe(sakuraAccount(1));
});
