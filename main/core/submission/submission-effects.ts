import { assign, fromPromise } from 'xstate';
import type { Journey } from '../../contract/screens.ts';
import type { FieldInput } from '../card-session/account-form.ts';
import type { CurrentCardSession } from '../card-session/current-card-session.ts';
import { shuffledDigits } from '../card-session/shuffle.ts';
import type { KioskPorts } from '../ports.ts';
import type { PrintSlip, SlipNames } from '../print/slips.ts';
import { slipOfSubmission } from './slip.ts';
import { createSubmissionMachine } from './submission-machine.ts';
import type { ComposeInput, SubmissionContext, SubmissionRequest } from './types.ts';

export interface SubmissionEffects {
  readonly ports: KioskPorts;
  readonly people: CurrentCardSession;
  readonly journey: Journey;
  /** Asks for the newest catalogue, for this very visit. */
  readonly renewCatalogue: () => Promise<void>;
  /** What of the terms as they are now was not agreed to with this ask. */
  readonly somethingUnread: (ask: SubmissionRequest) => boolean;
  /** Names for a slip, in the language that is up. */
  readonly names: SlipNames;
  readonly print: PrintSlip;
}

/** Gives the act its effects: the person of the session that it names, or nobody. */
export function submissionWithEffects({
  ports,
  people,
  journey,
  names,
  print,
  renewCatalogue,
  somethingUnread,
}: SubmissionEffects) {
  const { log, settings } = ports;
  const verifyPause = ({ card }: SubmissionContext) => (card.at === 'ready' ? (people.get(card.session)?.waitMs() ?? 0) : 0);
  return createSubmissionMachine(() => shuffledDigits(ports.random)).provide({
    delays: { slowCard: settings.timeouts.slowCardSeconds * 1000 },
    actors: {
      compose: fromPromise(async ({ input }: { input: ComposeInput }) => {
        const person = people.get(input.session);
        const composed = await person?.compose(input.ask);
        if (person === null || composed === undefined) return { cannot: 'internal' as const };
        if (composed.ok) return { content: composed.value, triesLeft: person.triesLeft };
        log('journey.outcome', { journey, outcome: `cannot-accept.${composed.error}` });
        return { cannot: composed.error };
      }),
      commit: fromPromise(async ({ input }) => {
        const result = (await people.get(input.session)?.commit()) ?? {
          kind: 'problem' as const,
          problem: { code: 'removed' as const },
        };
        log('journey.outcome', { journey, outcome: result.kind === 'problem' ? result.problem.code : result.kind });
        return result;
      }),
      answer: fromPromise(async ({ input }) => {
        const answer = (await people.get(input.session)?.answer(input.limit)) ?? { kind: 'waiting' as const };
        // What must be read again is in a newer catalogue.
        if (answer.kind === 'refused' && answer.code === 'terms-changed') await renewCatalogue();
        return answer;
      }),
    },
    guards: {
      tooSoon: ({ context }) => verifyPause(context) > 0,
      somethingUnread: ({ context: { ask } }) => ask !== null && somethingUnread(ask),
    },
    actions: {
      holdBack: assign({ pauseMs: ({ context }) => verifyPause(context) }),
      openAccountForm: (_, { session, service }) => void people.get(session)?.openAccountForm(service),
      atDesk: ({ event, self }, { session }) => {
        const desk = people.get(session)?.desk;
        if (desk === null || desk === undefined || !isForDesk(event)) return;
        const outcome = desk.input(event);
        if (outcome === 'done') self.send({ type: 'DESK_DONE' });
        if (outcome === 'left') self.send({ type: 'DESK_LEFT' });
      },
      pinPush: (_, { session, digit }) => people.get(session)?.pin.push(digit),
      pinBack: (_, { session }) => people.get(session)?.pin.back(),
      pinClear: (_, { session }) => people.get(session)?.pin.clear(),
      print: ({ context, self }) => {
        const subject = slipOfSubmission(context, names);
        if (subject === null) return;
        const submitted = 'receipt' in subject ? context.content?.at : undefined;
        print(subject, self, submitted);
      },
    },
  });
}

const isForDesk = (event: { readonly type: string }): event is FieldInput =>
  event.type === 'TYPE' || event.type === 'TYPE_EDIT' || event.type === 'SCANNED' || event.type === 'PRESS';
