import { fromPromise } from 'xstate';
import type { Log } from '../../../contract/log-events.ts';
import { unreachable } from '../../../contract/result.ts';
import type { FieldInput } from '../../card-session/account-form.ts';
import type { PrintSlip, SlipSubject } from '../../print/slips.ts';
import type { FormOutcome } from './application-session.ts';
import type { CurrentApplication } from './current-application.ts';
import { applicationMachine } from './machine.ts';
import { slipOfApplication } from './slip.ts';
import type { ApplicationEvent } from './types.ts';

export interface ApplicationEffects {
  readonly applicants: CurrentApplication;
  readonly log: Log;
  readonly print: PrintSlip;
}

/** What the journey hears of a reading. `null`: nothing happened that it must know. */
function newsOf(outcome: FormOutcome): ApplicationEvent | null {
  switch (outcome) {
    case 'here':
      return null;
    case 'typed':
      return { type: 'FORM_TYPED' };
    case 'read':
    case 'fresh':
      return { type: 'FORM_READ', fresh: outcome === 'fresh' };
    case 'same':
      return { type: 'FORM_SAME' };
    case 'other':
      return { type: 'FORM_OTHER' };
    default:
      return unreachable(outcome);
  }
}

/** Gives the journey "card application" its effects: the application that is under way, or nobody. */
export function applicationWithEffects({ applicants, log, print }: ApplicationEffects) {
  const note = (outcome: string) => log('journey.outcome', { journey: 'card-application', outcome });
  return applicationMachine.provide({
    actors: {
      compose: fromPromise(async ({ input }) => {
        const composed = (await applicants.current?.compose(input)) ?? { cannot: 'internal' as const };
        if ('cannot' in composed) note(`cannot-accept.${composed.cannot}`);
        return composed;
      }),
      commit: fromPromise(async () => {
        const result = (await applicants.current?.commit()) ?? { cannot: 'internal' as const };
        note('cannot' in result ? `cannot-accept.${result.cannot}` : 'committed');
        return result;
      }),
      answer: fromPromise(async ({ input }) => (await applicants.current?.answer(input.limit)) ?? { kind: 'waiting' as const }),
    },
    actions: {
      atForm: ({ event, self }, { reading }) => {
        if (!isForDesk(event)) return;
        const outcome = applicants.current?.readForm(reading, event) ?? 'here';
        if (outcome === 'other') note('other-form');
        const news = newsOf(outcome);
        if (news !== null) self.send(news);
      },
      confirmForm: ({ self }, { reading }) => {
        const outcome = applicants.current?.confirmForm(reading) ?? 'here';
        if (outcome === 'other') note('other-form');
        const news = newsOf(outcome);
        if (news !== null) self.send(news);
      },
      atContact: ({ context, event, self }) => {
        const { contact } = context.choices;
        if (contact === 'none' || !isForDesk(event)) return;
        if (applicants.current?.enterContact(contact, event) === true) self.send({ type: 'CONTACT_DONE' });
      },
      dropDraft: () => applicants.current?.dropDraft(),
      endApplication: () => applicants.end(),
      print: ({ context, self }, { about }) => {
        const subject: SlipSubject | null = about === 'outcome' ? slipOfApplication(context) : { kind: about };
        if (subject === null) return;
        print(subject, self, about === 'outcome' ? context.composed?.at : undefined);
      },
    },
  });
}

const isForDesk = (event: { readonly type: string }): event is FieldInput =>
  event.type === 'TYPE' || event.type === 'TYPE_EDIT' || event.type === 'SCANNED' || event.type === 'PRESS';
