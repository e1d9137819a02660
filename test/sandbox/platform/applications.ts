import type { CryptoKey } from 'jose';
import type { ApplicationContent } from '../../../main/contract/application.ts';
import type { BatchItem, PersonalReply, RefusalCode } from '../../../main/contract/platform.ts';
import { checkChallenge, type JudgeGround, timeOfAct } from './judge.ts';
import { openApplication } from './open-sealed.ts';
import { photoFits } from './photo.ts';
import { readReplyKey } from './reply.ts';

/** About how long until a card can be fetched (official-flows.md section 5.1: a month or more). */
const WEEKS = 5;

/** What was found out about an application. `spends`: its challenge is used up. */
export interface ApplicationVerdict {
  readonly content: ApplicationContent | null;
  readonly spends: string | null;
  readonly replyKey: CryptoKey | null;
  readonly decision:
    | { readonly outcome: 'accepted'; readonly reply: PersonalReply; readonly commit: () => void }
    | { readonly outcome: 'refused'; readonly code: RefusalCode };
}

/**
 * Judges an application for a card: nobody has signed it. What binds it is the form, which must have been printed and may be used once; the
 * challenge says that a kiosk of ours made it, and when.
 */
export async function judgeApplication(
  item: BatchItem,
  { key, store, rules, now }: Pick<JudgeGround, 'key' | 'store' | 'rules' | 'now'>,
): Promise<ApplicationVerdict> {
  const refused = (code: RefusalCode, found: Partial<ApplicationVerdict> = {}): ApplicationVerdict => ({
    content: null,
    spends: null,
    replyKey: null,
    ...found,
    decision: { outcome: 'refused', code },
  });
  const opened = await openApplication(item, key);
  if (!opened.ok) return refused(opened.error);
  const { content } = opened.value;
  const row = store.challenge(content.challenge);
  const challenge = checkChallenge(row, content, now, rules);
  if (row === null || challenge !== null) return refused(challenge ?? 'challenge-unknown', { content });
  const spends = row.challenge;
  const act = timeOfAct(content.at, row.issued_at, now, rules);
  const replyKey = await readReplyKey(content.replyKey);
  if (act === null || replyKey === null) return refused('content-refused', { content, spends });
  const known = { content, spends, replyKey };
  const form = store.form(content.form);
  if (form === null) return refused('form-unknown', known);
  if (form.used === 1) return refused('already-applied', known);
  if (!photoFits(content.photo)) return refused('photo-refused', known);
  const { id, receipt, terminal } = content;
  return {
    ...known,
    decision: {
      outcome: 'accepted',
      reply: { kind: 'card-application', weeks: WEEKS },
      commit: () =>
        void store.addApplication({
          ...{ id, receipt, terminal },
          form: content.form,
          state: JSON.stringify({ state: 'received' }),
        }),
    },
  };
}
