import { expect, it } from 'vitest';
import { sakuraAccount } from '../../../test/support/sign-up-acts.ts';
import { smallCatalogue } from '../../../test/support/small-catalogue.ts';
import { AccountForm } from '../card-session/account-form.ts';
import { composeContent } from './compose.ts';
import type { SubmissionRequest } from './types.ts';

const request = {
  kind: 'sign-up',
  whose: 'self',
  terms: [],
  service: 'sakura-prepaid',
  on: 'charge',
  makeId: true,
  helped: false,
} satisfies SubmissionRequest;

/** A form with both fields of the card typed. */
function typedForm() {
  const { services } = smallCatalogue;
  const service = services.find(({ id }) => id === request.service);
  if (service === undefined) throw new Error('no such service');
  const form = new AccountForm(service, services, () => '2026-11-27');
  for (const field of [sakuraAccount(1), '1234']) {
    for (const key of field) form.input({ type: 'type', key });
    form.input({ type: 'type-edit', edit: 'ok' });
  }
  return form;
}

it('names account and codes as typed', () => {
  expect(composeContent(request, typedForm(), smallCatalogue)).toMatchObject({ account: sakuraAccount(1), codes: ['1234'] });
});

it('is nothing where the catalogue has lost the service since: no read-back could name it', () => {
  const services = smallCatalogue.services.filter(({ id }) => id !== request.service);
  expect(composeContent(request, typedForm(), { ...smallCatalogue, services })).toBeNull();
});
