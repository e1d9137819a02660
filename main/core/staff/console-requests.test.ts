import { expect, it } from 'vitest';
import { err, ok } from '../../contract/result.ts';
import type { CoreStaffMessage } from '../../contract/staff.ts';
import { createConsoleRequests } from './console-requests.ts';
import type { Dispatch } from './dispatch.ts';

const who = { role: 'clerk', key: 'counter 1' } as const;

function set(dispatch: Dispatch) {
  const sent: CoreStaffMessage[] = [];
  const noted: string[] = [];
  const requests = createConsoleRequests({
    dispatch,
    send: (message) => sent.push(message),
    note: (_, action, outcome) => noted.push(`${action} ${outcome}`),
  });
  return { requests, sent, noted };
}

const refusing: Dispatch = async () => err('storage');

it('asks nobody for a connection that does not hold the console', async () => {
  const { requests, sent, noted } = set(async () => {
    throw new Error('asked');
  });
  await requests.ask(1, { what: 'queue' }, null);
  expect(sent).toEqual([{ type: 'failed', id: 1, error: 'not-open' }]);
  expect(noted).toEqual([]);
});

it('writes a look into the audit log once for each outcome and each opening', async () => {
  const { requests, noted } = set(refusing);
  for (const id of [1, 2]) await requests.ask(id, { what: 'queue' }, who);
  expect(noted).toEqual(['ask.queue storage']);
  requests.reopened();
  await requests.ask(3, { what: 'queue' }, who);
  expect(noted).toHaveLength(2);
});

it('writes every act, and a file in parts once', async () => {
  const { requests, noted, sent } = set(refusing);
  for (const id of [1, 2]) await requests.ask(id, { what: 'check-queue' }, who);
  for (const after of [0, 100, 200]) await requests.ask(3, { what: 'audit-file', after }, who);
  expect(noted).toEqual(['ask.check-queue storage', 'ask.check-queue storage', 'ask.audit-file storage']);
  expect(sent).toHaveLength(5);
});

it('answers with what the handler gave', async () => {
  const { requests, sent } = set(async () => ok({ what: 'done' }));
  await requests.ask(7, { what: 'check-queue' }, who);
  expect(sent).toEqual([{ type: 'answer', id: 7, answer: { what: 'done' } }]);
});
