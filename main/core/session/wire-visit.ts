import { fromPromise } from 'xstate';
import type { SubmissionContent } from '../../contract/content.ts';
import type { Language } from '../../contract/port.ts';
import type { ReadBack } from '../../contract/screens.ts';
import type { PrintFailure } from '../../contract/slip.ts';
import { checkMachine } from '../journeys/check.ts';
import { checkItems } from '../journeys/check-items.ts';
import { createSetUpMachine } from '../journeys/set-up.ts';
import type { ComposeInput, SetUpContext } from '../journeys/set-up-types.ts';
import type { KioskPorts } from '../kiosk.ts';
import type { SlipSubject } from '../print/slips.ts';
import { maskId, slipFor } from '../print/slips.ts';
import type { People } from './people.ts';
import { shuffledDigits } from './shuffle.ts';
import { createVisitMachine } from './visit-machine.ts';
import type { ReadResult } from './visit-types.ts';

function readBackOf(content: SubmissionContent, terms: KioskPorts['terms']): ReadBack {
  const titleOf = (id: string) => terms.find((document) => document.ja.ref.id === id)?.ja.title ?? id;
  const { kind, whose, receipt, terminal, at, challenge, helped } = content;
  return {
    kind,
    whose,
    receipt,
    terminal,
    at,
    challenge,
    helped,
    terms: content.terms.map((ref) => ({ ref, title: titleOf(ref.id) })),
  };
}

/** Gives the statecharts their effects and their times. */
export function wireVisit(ports: KioskPorts, people: People, language: () => Language) {
  const { settings, log } = ports;
  const { timeouts } = settings;
  const slowCard = timeouts.slowCardSeconds * 1000;

  const print = async (subject: SlipSubject, tell: (failure: PrintFailure | null) => void) => {
    const slip = slipFor(subject, {
      id: ports.newId(),
      language: language(),
      terminal: settings.terminal.id,
      now: ports.clock.now(),
    });
    const printed = await ports.printer.print(slip);
    if (printed.ok) log('printer.printed');
    else log('printer.failed', { code: printed.error });
    tell(printed.ok ? null : printed.error);
  };
  const visit = createVisitMachine({
    termsCount: ports.terms.length,
    shuffled: settings.pinPad.shuffle,
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
        if (subject !== null) void print(subject, (failure) => self.send({ type: 'SLIP', slip: slipState(failure) }));
      },
    },
  });

  const setUp = createSetUpMachine(() => shuffledDigits(ports.random)).provide({
    delays: { slowCard },
    actors: {
      compose: fromPromise(async ({ input }: { input: ComposeInput }) => {
        const composed = await people.get(input.session)?.compose(input.whose);
        if (composed === undefined) return { cannot: 'internal' as const };
        if (composed.ok) return readBackOf(composed.value, ports.terms);
        log('journey.outcome', { journey: 'set-up', outcome: `cannot-accept.${composed.error}` });
        return { cannot: composed.error };
      }),
      commit: fromPromise(async ({ input }) => {
        const result = (await people.get(input.session)?.commit()) ?? {
          kind: 'problem' as const,
          problem: { code: 'removed' as const },
        };
        log('journey.outcome', { journey: 'set-up', outcome: result.kind === 'problem' ? result.problem.code : result.kind });
        return result;
      }),
      answer: fromPromise(
        async ({ input }) => (await people.get(input.session)?.answer(input.limit)) ?? { kind: 'waiting' as const },
      ),
    },
    actions: {
      pinPush: (_, { session, digit }) => people.get(session)?.pin.push(digit),
      pinBack: (_, { session }) => people.get(session)?.pin.back(),
      pinClear: (_, { session }) => people.get(session)?.pin.clear(),
      print: ({ context, self }) => {
        const subject = setUpSlip(context);
        if (subject !== null) void print(subject, (failure) => self.send({ type: 'SLIP', slip: slipState(failure) }));
      },
    },
  });

  return visit.provide({
    actors: {
      check,
      setUp,
      readCard: fromPromise(async ({ input }): Promise<ReadResult> => {
        const read = await people.get(input.session)?.read();
        if (read === undefined) return { ok: false, problem: { code: 'removed' } };
        return read.ok ? { ok: true, facts: read.value } : { ok: false, problem: read.error };
      }),
    },
    actions: {
      beginSession: (_, { session }) => {
        people.begin(session);
        log('session.began', { session });
      },
      endSession: () => people.end(),
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

function slipState(failure: PrintFailure | null) {
  return failure === null ? ({ state: 'printed' } as const) : ({ state: 'failed', reason: failure } as const);
}

function setUpSlip(context: SetUpContext): SlipSubject | null {
  const { problem, readBack, answer } = context;
  if (problem !== null) return { kind: 'problem', problem };
  if (readBack === null) return null;
  const { receipt } = readBack;
  switch (answer?.kind) {
    case 'issued':
      return { kind: 'issued', receipt, maskedId: maskId(answer.myKeyId), alreadySet: answer.alreadySet };
    case 'accepted':
      return { kind: 'accepted', receipt };
    case 'refused':
      return { kind: 'refused', receipt, code: answer.code };
    default:
      return { kind: 'received', receipt };
  }
}
