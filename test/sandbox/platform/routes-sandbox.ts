import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FormId } from '../../../main/contract/application.ts';
import { EnrolmentCode, MyKeyId } from '../../../main/contract/platform.ts';
import { TerminalId } from '../../../main/contract/submission.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { japanDay } from '../../../main/core/time.ts';
import { type App, sendProblem } from './app.ts';
import type { CataloguePublisher } from './catalogue-publisher.ts';
import { CatalogueChange, changed } from './change-catalogue.ts';
import { Fault, type Faults } from './faults.ts';
import { printForm } from './forms.ts';
import { problem } from './problem.ts';
import { casePage, casesPage } from './scheme/case-page.ts';
import { paySubsidies } from './scheme/claims.ts';
import type { Store } from './store.ts';
import type { Taken } from './take-export.ts';
import {
  ApplicationView,
  applicationsOf,
  PersonView,
  peopleOf,
  SubmissionView,
  Summary,
  submissionsOf,
  summaryOf,
} from './views.ts';

export interface SandboxOptions {
  readonly store: Store;
  readonly catalogues: CataloguePublisher;
  readonly clock: Pick<Clock, 'now'>;
  readonly faults: Faults;
  /** Adds a fault, the one that closes the door included. */
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  readonly enrolmentCode: (terminal: string) => EnrolmentCodeView;
  /** Takes an export; the answer lies beside it. */
  readonly takeExport: (file: string) => Promise<Taken>;
}

const Terminal = z.object({ terminal: TerminalId }).strict();
export const EnrolmentCodeView = Terminal.extend({ code: EnrolmentCode, expiresAt: z.iso.datetime() }).strict();
export type EnrolmentCodeView = z.infer<typeof EnrolmentCodeView>;
const ExportPlace = z.object({ file: z.string().min(1).max(1000) }).strict();
const TakenView = Terminal.extend({ items: z.number().int(), accepted: z.number().int() }).strict();
const DAY_MS = 24 * 60 * 60 * 1000;
const Version = z.object({ version: z.number().int() }).strict();
const Budget = z.object({ policy: z.string().regex(/^[a-z0-9-]{2,40}$/), yen: z.number().int().min(0) }).strict();
const Paid = z.object({ points: z.number().int() }).strict();
const Form = z.object({ form: FormId, used: z.boolean() }).strict();
const FaultList = z.array(z.object({ fault: Fault, left: z.number().int().nullable() }).strict());

/** What only a sandbox has: faults on request, and a look inside. No part of the contract. */
export function addSandbox(app: App, options: SandboxOptions): void {
  const { store, catalogues, clock, faults, addFault, clearFaults } = options;
  app.post(
    '/sandbox/faults',
    { schema: { summary: 'Adds a fault', body: Fault, response: { 200: FaultList } } },
    async (request) => {
      addFault(request.body);
      return faults.list();
    },
  );
  app.post(
    '/sandbox/catalogue',
    { schema: { summary: 'Publishes a changed catalogue', body: CatalogueChange, response: { 200: Version } } },
    async (request) => {
      const next = changed(catalogues.current(), request.body, japanDay(clock.now() - DAY_MS));
      await catalogues.publish(next);
      return { version: next.version };
    },
  );
  app.post(
    '/sandbox/budgets',
    { schema: { summary: 'What a municipality can spend on a policy', body: Budget, response: { 200: Budget } } },
    async (request) => {
      store.setBudget(request.body.policy, request.body.yen);
      return request.body;
    },
  );
  app.post(
    '/sandbox/subsidies',
    { schema: { summary: 'Pays the subsidy of every open claim', response: { 200: Paid } } },
    async () => ({ points: paySubsidies(store, clock.now()) }),
  );
  app.post('/sandbox/forms', { schema: { summary: 'Prints one more form', response: { 200: Form } } }, async () => ({
    form: printForm(store, clock.now()),
    used: false,
  }));
  app.get('/sandbox/forms', { schema: { summary: 'Every form', response: { 200: z.array(Form) } } }, async () =>
    store.forms().map(({ form, used }) => ({ form, used: used === 1 })),
  );
  app.get(
    '/sandbox/applications',
    { schema: { summary: 'How the applications stand', response: { 200: z.array(ApplicationView) } } },
    async () => applicationsOf(store),
  );
  app.post(
    '/sandbox/applications',
    { schema: { summary: 'Moves an application on', body: ApplicationView, response: { 200: ApplicationView } } },
    async (request, reply) => {
      const { receipt, terminal, application } = request.body;
      const moved = store.moveApplication(JSON.stringify(application), terminal, receipt) === 1;
      return moved ? request.body : sendProblem(reply, problem('not-found'));
    },
  );
  app.post(
    '/sandbox/enrolment-codes',
    { schema: { summary: 'A one-time code that makes a kiosk known', body: Terminal, response: { 200: EnrolmentCodeView } } },
    async (request) => options.enrolmentCode(request.body.terminal),
  );
  app.post(
    '/sandbox/exports',
    { schema: { summary: 'Takes the export of a kiosk from a medium', body: ExportPlace, response: { 200: TakenView } } },
    async (request, reply) => {
      try {
        return await options.takeExport(request.body.file);
      } catch {
        return sendProblem(reply, problem('malformed'));
      }
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

  const html = (reply: FastifyReply, text: string) => reply.type('text/html; charset=utf-8').send(text);
  app.get('/sandbox/case', { schema: { summary: 'The cases there are, as links' } }, async (_, reply) =>
    html(reply, casesPage(store)),
  );
  app.get(
    '/sandbox/case/:id',
    { schema: { summary: 'The eight steps of one person’s case, as a picture', params: z.object({ id: MyKeyId }).strict() } },
    async (request, reply) => {
      const person = store.personWithId(request.params.id);
      return person === null ? sendProblem(reply, problem('not-found')) : html(reply, casePage(person, store, catalogues));
    },
  );
}
