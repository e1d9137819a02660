import type { StaffAnswer, StaffRequest } from '../../../main/contract/staff.ts';
import { useStaff } from '../kit/kit.tsx';
import { Failure, Message, type Tone } from '../kit/parts.tsx';
import type { AskFailure } from '../port/connect.ts';
import { OPS_WORDS, type OpsWords } from '../strings/ops-words.ts';
import { QUEUE_WORDS } from '../strings/queue-words.ts';
import type { StaffWords } from '../strings/words.ts';

/** What the last press came to. `asked`: what was pressed. */
export type Outcome =
  | { readonly tone: Tone; readonly text: string }
  | { readonly failure: AskFailure; readonly asked?: StaffRequest['what'] }
  | null;

/** Asks the core, says how it went, and reads the queue again. */
export type Run = (request: StaffRequest, done: (answer: StaffAnswer) => { tone: Tone; text: string }) => Promise<void>;

export function Said({ outcome }: { readonly outcome: Outcome }) {
  const { language } = useStaff();
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
      {outcome.asked === 'salvage' ? QUEUE_WORDS[language].badFile : OPS_WORDS[language].queue.badFile}
    </Message>
  );
}

export const timeOf = (at: string) =>
  new Intl.DateTimeFormat('ja-JP', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));

/** A code of the platform's, or of delivery's, in words; one that has none is shown as it is. */
export function codeInWords(t: OpsWords['queue'], { reasons }: StaffWords, code: string): string {
  const own = (t.answer as Record<string, string | undefined>)[code];
  const refusal = (reasons.refused as Record<string, string | undefined>)[code];
  return own ?? refusal ?? (/^http-\d+$/.test(code) ? `${t.answer.http} (${code.slice(5)})` : code);
}
