import { assign, fromPromise } from 'xstate';
import type { Prefs } from '../../contract/page-protocol.ts';
import type { SlipState } from '../../contract/screens.ts';
import type { PrintFailure } from '../../contract/slip.ts';
import type { CurrentCardSession } from '../card-session/current-card-session.ts';
import type { CurrentApplication } from '../journeys/card-application/current-application.ts';
import { applicationWithEffects } from '../journeys/card-application/effects.ts';
import { checkItems } from '../journeys/check/check-items.ts';
import { checkMachine } from '../journeys/check/machine.ts';
import { createMunicipalMachine } from '../journeys/municipal/machine.ts';
import type { PolicyList } from '../journeys/municipal/policy-list.ts';
import type { ReceiptLookup } from '../journeys/receipt-lookup/machine.ts';
import { createReceiptLookupMachine } from '../journeys/receipt-lookup/machine.ts';
import { pendingOf } from '../journeys/receipt-lookup/receipt-lookup.ts';
import { setUpMachine } from '../journeys/set-up/machine.ts';
import { createSignUpMachine } from '../journeys/sign-up/machine.ts';
import { unread } from '../journeys/sign-up/parts.ts';
import type { PinnedCatalogue } from '../journeys/sign-up/pinned-catalogue.ts';
import type { UsedAccounts } from '../journeys/sign-up/used-accounts.ts';
import { statusMachine } from '../journeys/status/machine.ts';
import type { KioskPorts } from '../ports.ts';
import type { PrintSlip, SlipNames, SlipSubject } from '../print/slips.ts';
import { slipFor } from '../print/slips.ts';
import { prospectOf } from '../submission/read-back.ts';
import { submissionWithEffects } from '../submission/submission-effects.ts';
import type { SubmissionRequest } from '../submission/types.ts';
import { namesIn } from './presenter.ts';
import { createVisitMachine } from './visit-machine.ts';
import type { ReadResult } from './visit-types.ts';

export interface VisitEffects {
  readonly ports: KioskPorts;
  readonly people: CurrentCardSession;
  readonly shelf: PinnedCatalogue;
  readonly policies: PolicyList;
  readonly receiptLookup: ReceiptLookup;
  readonly family: UsedAccounts;
  readonly applicants: CurrentApplication;
  /** How the person reads: the language that is up, the size of its type. */
  readonly prefs: () => Prefs;
}

/** Gives the statecharts their effects and their times. */
export function visitWithEffects({ ports, people, shelf, policies, receiptLookup, family, applicants, prefs }: VisitEffects) {
  const { settings, log } = ports;
  const { timeouts } = settings;
  const slowCard = timeouts.slowCardSeconds * 1000;

  const print: PrintSlip = (subject, teller, submittedAt) => {
    const { language, textSize } = prefs();
    const slip = slipFor(subject, {
      id: ports.newId(),
      language,
      terminal: settings.terminal.id,
      // As it was submitted, or else by the platform's time like what is submitted: whoever compares the two must not find two times.
      now: submittedAt === undefined ? ports.civilTime() : Date.parse(submittedAt),
      large: textSize === 3,
    });
    void ports.printer.print(slip).then((printed) => {
      if (printed.ok) log('printer.printed');
      else log('printer.failed', { code: printed.error });
      // Paper takes seconds: whoever asked for it may have left.
      if (teller.getSnapshot().status === 'active')
        teller.send({ type: 'SLIP', slip: slipState(printed.ok ? null : printed.error) });
    });
  };
  const names: SlipNames = {
    prospect: (content) => prospectOf(content, namesIn(ports, shelf, prefs().language)),
    pendingHere: (session) => pendingOf(people.get(session)?.receipts() ?? [], receiptLookup),
  };
  const visit = createVisitMachine({
    documents: settings.terms.map(({ id, version }) => ({ id, version })),
    shuffled: settings.pinPad.shuffle,
    helpers: settings.helpers,
    warningSeconds: timeouts.warningSeconds,
    extensions: timeouts.extensions,
  });

  const check = checkMachine.provide({
    delays: { slowCard },
    actions: {
      print: ({ context, self }) => {
        const { card } = context;
        const subject: SlipSubject | null =
          card.at === 'ready'
            ? { kind: 'check', facts: card.facts, items: checkItems(card.facts) }
            : card.at === 'problem'
              ? { kind: 'problem', problem: card.problem }
              : null;
        if (subject !== null) print(subject, self);
      },
    },
  });

  const act = {
    ports,
    people,
    names,
    print,
    renewCatalogue: async () => {
      await ports.catalogue.refresh();
      shelf.pin();
    },
    somethingUnread: (ask: SubmissionRequest) =>
      ask.kind === 'sign-up' && unread(shelf.terms(ask.service, ask.makeId), ask.terms).length > 0,
  };

  const setUp = setUpMachine.provide({ actors: { act: submissionWithEffects({ journey: 'set-up', ...act }) } });

  const signUp = createSignUpMachine(shelf).provide({
    actors: { act: submissionWithEffects({ journey: 'sign-up', ...act }) },
    actions: {
      print: ({ context, self }) => {
        const service = shelf.catalogue?.services.find(({ id }) => id === context.service);
        if (service === undefined) return;
        const needs = [service.account, ...service.codes].map(({ label }) => label);
        const { id, name, preRegistration } = service;
        print({ kind: 'later', id, service: name, preRegistration, needs }, self);
      },
    },
  });

  const status = statusMachine.provide({ actors: { act: submissionWithEffects({ journey: 'status', ...act }) } });

  const municipal = createMunicipalMachine(policies).provide({
    actors: { act: submissionWithEffects({ journey: 'municipal', ...act }) },
  });

  const pending = createReceiptLookupMachine(receiptLookup).provide({
    actors: { askApplication: fromPromise(async ({ input }) => ports.delivery.application(input.receipt)) },
    actions: {
      print: ({ context: { row, cancelled, application }, self }) => {
        if (row === null) return;
        const { receipt } = row;
        print(
          application === null ? { kind: 'cancelled', receipt, cancelled } : { kind: 'application-status', receipt, application },
          self,
        );
      },
    },
  });

  const application = applicationWithEffects({ applicants, log, print });

  return visit.provide({
    actors: {
      check,
      setUp,
      signUp,
      status,
      municipal,
      pending,
      application,
      readCard: fromPromise(async ({ input }): Promise<ReadResult> => {
        const read = await people.get(input.session)?.read();
        if (read === undefined) return { ok: false, problem: { code: 'removed' } };
        return read.ok ? { ok: true, facts: read.value } : { ok: false, problem: read.error };
      }),
    },
    actions: {
      pinCatalogue: () => shelf.pin(),
      freshTries: assign(({ context: { card } }) => {
        const person = card.at === 'ready' ? people.get(card.session) : null;
        if (card.at !== 'ready' || person === null) return {};
        return { card: { ...card, facts: { ...card.facts, triesLeft: person.triesLeft } } };
      }),
      wakeDelivery: () => ports.delivery.nudge(),
      beginSession: (_, { session }) => {
        people.begin(session);
        log('session.began', { session });
      },
      endSession: () => {
        people.end();
        applicants.end();
      },
      beginApplication: () => applicants.begin(),
      endApplication: () => applicants.end(),
      endFamily: ({ context }) => {
        if (context.family === null) family.forget();
      },
      noteEnd: (_, { reason, session }) => {
        if (session !== null) log('session.ended', { session, reason });
      },
      noteProblem: (_, { problem }) => {
        if (problem.code === 'unexpected-status') log('card.problem', { code: problem.code, sw: problem.sw, step: problem.step });
        else log('card.problem', { code: problem.code });
      },
    },
    delays: {
      idle: timeouts.idleSeconds * 1000,
      goodbye: timeouts.goodbyeSeconds * 1000,
      cardLeftAlarm: timeouts.cardLeftAlarmSeconds * 1000,
    },
  });
}

function slipState(failure: PrintFailure | null): SlipState {
  return failure === null ? { state: 'printed' } : { state: 'failed', reason: failure };
}
