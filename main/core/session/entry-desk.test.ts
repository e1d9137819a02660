import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import { createEntryDesk } from './entry-desk.ts';

function deskOf(id: string) {
  const { services } = smallCatalogue;
  const service = services.find((one) => one.id === id);
  if (service === undefined) throw new Error(id);
  return createEntryDesk(service, services, () => '2026-11-27');
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
