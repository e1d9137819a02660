import { inLanguage } from '../contract/languages.ts';
import type { Prefs } from '../contract/page-protocol.ts';
import type { ScreenOf, SlipState } from '../contract/screens.ts';
import { type CurrentCardSession, createCurrentCardSession } from './card-session/current-card-session.ts';
import { createReceiptsOfCard } from './card-session/receipts-of-card.ts';
import { shuffledDigits } from './card-session/shuffle.ts';
import { firstDayThatCounts } from './catalogue/finder.ts';
import { createPinnedCatalogue, type PinnedCatalogue } from './catalogue/pinned-catalogue.ts';
import { type CurrentApplication, createCurrentApplication } from './journeys/card-application/current-application.ts';
import { createTerms, type Terms, termsOfService, unread } from './journeys/prologue/terms.ts';
import { createReceiptLookup, pendingOf } from './journeys/receipt-lookup/receipt-lookup.ts';
import { createServices, type Services } from './journeys/sign-up/services.ts';
import { createUsedAccounts, type UsedAccounts } from './journeys/sign-up/used-accounts.ts';
import type { KioskDeps } from './ports.ts';
import { type PrintSlip, slipFor } from './print/slips.ts';
import { createSubmission } from './submission/machine.ts';
import type { SubmissionDeps } from './submission/machine-setup.ts';
import { prospectOf } from './submission/read-back.ts';
import { createSubmitters } from './submission/submitter.ts';
import type { VisitDeps } from './visit/machine-setup.ts';

/** What the visit of one kiosk is made of. */
export interface KioskParts {
  readonly visit: VisitDeps;
  readonly cardSession: CurrentCardSession;
  readonly applications: CurrentApplication;
}

/** Prints in the language and size in which the person reads. */
function createPrint(ports: KioskDeps, prefs: () => Prefs): PrintSlip {
  const { settings, printer, log } = ports;
  return (subject, teller, submittedAt) => {
    const { language, textSize } = prefs();
    const slip = slipFor(subject, {
      id: ports.newId(),
      language,
      terminal: settings.terminal.id,
      // As it was submitted, or else by the platform's time like what is submitted: whoever compares the two must not find two times.
      now: submittedAt === undefined ? ports.civilTime() : Date.parse(submittedAt),
      large: textSize === 3,
    });
    void printer.print(slip).then((printed) => {
      if (printed.ok) log('printer.printed');
      else log('printer.failed', { code: printed.error });
      const state: SlipState = printed.ok ? { state: 'printed' } : { state: 'failed', reason: printed.error };
      // Paper takes seconds: whoever asked for it may have left.
      if (teller.getSnapshot().status === 'active') teller.send({ type: 'slip', slip: state });
    });
  };
}

/** The account form of a session as a screen. */
function accountFormOf(cardSession: CurrentCardSession, services: Services, used: UsedAccounts): SubmissionDeps['accountForm'] {
  return (card, language): ScreenOf<'entry'> | null => {
    const form = cardSession.get(card)?.accountForm ?? null;
    if (form === null) return null;
    const { rule, text, index, ...rest } = form.view();
    const { where, charset, least, most, prefix = '' } = rule;
    return {
      name: 'entry',
      service: inLanguage(services.find(form.service)?.name, language) ?? '',
      label: inLanguage(rule.label, language),
      ...{ where, charset, least, most, prefix },
      ...{ text, index, ...rest },
      usedByFamily: index === 0 && used.knows(form.service, text),
    };
  };
}

/** What names contents, in one language. */
const namesOf =
  (catalogue: PinnedCatalogue, terms: Terms): SubmissionDeps['names'] =>
  (language) => {
    const pinned = catalogue.current?.catalogue ?? null;
    const own = pinned?.services.map((service) => termsOfService(service, language)) ?? [];
    return {
      language,
      documents: [...terms.documents(language), ...own],
      catalogue: pinned,
      firstDay: firstDayThatCounts,
    };
  };

/**
 * Puts together what a visit needs.
 * @param prefs how the person reads now @param onFault a card session could not be ended as it should
 */
export function createKioskParts(ports: KioskDeps, prefs: () => Prefs, onFault: (error: unknown) => void): KioskParts {
  const { settings, clock, log } = ports;
  const catalogue = createPinnedCatalogue({ source: ports.catalogue, clock, random: ports.random });
  const pinned = () => catalogue.current?.catalogue ?? null;
  const terms = createTerms(settings, ports.terms);
  const services = createServices({ catalogue, clock, terms });
  const receipts = createReceiptLookup(ports.outbox, ports.delivery);
  const used = createUsedAccounts(ports.random);
  const common = {
    ...ports,
    terminal: settings.terminal.id,
    waitForAnswerMs: settings.platform.waitForAnswerSeconds * 1000,
  };
  const cardSession = createCurrentCardSession(
    {
      ...ports,
      catalogue: pinned,
      receiptsOfCard: createReceiptsOfCard(ports.random),
      verifyPace: { againMs: settings.timeouts.pinAgainSeconds * 1000, lastMs: settings.timeouts.pinLastSeconds * 1000 },
    },
    onFault,
  );
  const submitter = createSubmitters({
    ...common,
    catalogue: pinned,
    onCommitted: (content) => {
      if (content.kind === 'sign-up') used.note(content.service, content.account);
    },
  });
  const applications = createCurrentApplication(common);
  const print = createPrint(ports, prefs);
  const names = namesOf(catalogue, terms);
  const slowCardMs = settings.timeouts.slowCardSeconds * 1000;
  const pendingHere = (card: number) => pendingOf(cardSession.get(card)?.receipts() ?? [], receipts);
  const submission = createSubmission({
    log,
    slowCardMs,
    session: (card) => cardSession.get(card),
    submitter,
    shuffle: () => shuffledDigits(ports.random),
    print,
    slipNames: { prospect: (content) => prospectOf(content, names(prefs().language)), pendingHere },
    names,
    accountForm: accountFormOf(cardSession, services, used),
    pendingHere,
    renewCatalogue: async () => {
      await ports.catalogue.refresh();
      catalogue.pin();
    },
    somethingUnread: (request) =>
      request.kind === 'sign-up' && unread(services.terms(request.service, request.makeId), request.terms).length > 0,
  });
  const visit: VisitDeps = {
    settings,
    log,
    cardSession,
    journeys: {
      ...{ clock, log, slowCardMs, catalogue, services, terms, submission, print, receipts, applications },
      askApplication: (receipt) => ports.delivery.application(receipt),
    },
    wakeDelivery: () => ports.delivery.nudge(),
    forgetFamily: () => used.forget(),
    ask: (language) => inLanguage(settings.hours?.ask, language),
  };
  return { visit, cardSession, applications };
}
