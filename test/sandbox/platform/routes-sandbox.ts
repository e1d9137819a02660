import { z } from 'zod';
import type { App } from './app.ts';
import { Fault, type Faults } from './faults.ts';
import type { Store } from './store.ts';
import { PersonView, peopleOf, SubmissionView, Summary, submissionsOf, summaryOf } from './views.ts';

export interface SandboxOptions {
  readonly store: Store;
  readonly faults: Faults;
  /** Adds a fault, the one that closes the door included. */
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
}

const FaultList = z.array(z.object({ fault: Fault, left: z.number().int().nullable() }).strict());

/** What only a sandbox has: faults on request, and a look inside. No part of the contract. */
export function addSandbox(app: App, { store, faults, addFault, clearFaults }: SandboxOptions): void {
  app.post(
    '/sandbox/faults',
    { schema: { summary: 'Adds a fault', body: Fault, response: { 200: FaultList } } },
    async (request) => {
      addFault(request.body);
      return faults.list();
    },
  );
  app.get('/sandbox/faults', { schema: { summary: 'Faults under way', response: { 200: FaultList } } }, async () =>
    faults.list(),
  );
  app.delete('/sandbox/faults', { schema: { summary: 'Ends every fault', response: { 200: FaultList } } }, async () => {
    clearFaults();
    return faults.list();
  });
  app.get('/sandbox/summary', { schema: { summary: 'Counts', response: { 200: Summary } } }, async () => summaryOf(store));
  app.get(
    '/sandbox/submissions',
    { schema: { summary: 'What was taken, without certificates', response: { 200: z.array(SubmissionView) } } },
    async () => submissionsOf(store),
  );
  app.get('/sandbox/people', { schema: { summary: 'Person table', response: { 200: z.array(PersonView) } } }, async () =>
    peopleOf(store),
  );
}
