import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import { createAccountForm } from '../card-session/account-form.ts';
import { composeContent } from './compose.ts';
import type { SubmissionRequest } from './types.ts';

const ask = {
  kind: 'sign-up',
  whose: 'self',
  terms: [],
  service: 'sakura-prepaid',
  on: 'charge',
  makeId: true,
  helped: false,
} satisfies SubmissionRequest;

/** A desk with both fields of the card typed. */
function typedDesk() {
  const { services } = smallCatalogue;
  const service = services.find(({ id }) => id === ask.service);
  if (service === undefined) throw new Error('no such service');
  const desk = createAccountForm(service, services, () => '2026-11-27');
  for (const field of [sakuraAccount(1), '1234']) {
    for (const key of field) desk.input({ type: 'TYPE', key });
    desk.input({ type: 'TYPE_EDIT', edit: 'ok' });
  }
  return desk;
}

it('names account and codes as typed', () => {
  expect(composeContent(ask, typedDesk(), smallCatalogue)).toMatchObject({ account: sakuraAccount(1), codes: ['1234'] });
});

it('is nothing where the catalogue has lost the service since: no read-back could name it', () => {
  const services = smallCatalogue.services.filter(({ id }) => id !== ask.service);
  expect(composeContent(ask, typedDesk(), { ...smallCatalogue, services })).toBeNull();
});
