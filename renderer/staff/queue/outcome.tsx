import type { StaffAnswer, StaffRequest } from '../../../main/contract/staff.ts';
import { Failure, Message, type Tone } from '../components/basics.tsx';
import { useStaff } from '../components/staff-context.tsx';
import type { AskFailure } from '../port/connect.ts';
import { nameOf, type StaffText } from '../words/texts.ts';

/** What the last press came to. `asked`: what was pressed. */
export type Outcome =
  | { readonly tone: Tone; readonly text: string }
  | { readonly failure: AskFailure; readonly asked?: StaffRequest['what'] }
  | null;

/** Asks the core, says how it went, and reads the queue again. */
export type Run = (request: StaffRequest, done: (answer: StaffAnswer) => { tone: Tone; text: string }) => Promise<void>;

export function Said({ outcome }: { readonly outcome: Outcome }) {
  const { t } = useStaff();
  if (outcome === null) return null;
  if (!('failure' in outcome)) {
    return (
      <Message tone={outcome.tone} role="status">
        {outcome.text}
      </Message>
    );
  }
  if (outcome.failure !== 'bad-file') return <Failure failure={outcome.failure} />;
  return (
    <Message tone="stop" role="alert">
      {t(outcome.asked === 'salvage' ? 'store.badFile' : 'queue.badFile')}
    </Message>
  );
}

/** A code of the platform's, or of delivery's, in words; one that has none is shown as it is. */
export function codeInWords(t: StaffText, code: string): string {
  const http = /^http-(\d+)$/.exec(code)?.[1];
  return http === undefined
    ? nameOf(t, code, `queue.answer.${code}`, `reason.refused.${code}`)
    : `${t('queue.answer.http')} (${http})`;
}
