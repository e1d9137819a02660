import type { ApplicationContent } from '../../../main/contract/application.ts';
import type { BatchItem, PersonalReply, RefusalCode } from '../../../main/contract/platform.ts';
import { checkChallenge, type JudgeDeps, timeOfAct } from './judge.ts';
import { openApplication } from './open-sealed.ts';
import { photoFits } from './photo.ts';
import { prepareReply, type SealReply } from './reply.ts';
import type { PlatformKey } from './sealing-key.ts';

/** About how long until a card can be fetched (SOURCES.md, Card application: routes and form: a month or more). */
const WEEKS = 5;

/** What was found out about an application. `spends`: its challenge is used up. */
export interface ApplicationVerdict {
  readonly content: ApplicationContent | null;
  readonly spends: string | null;
  readonly seal: SealReply | null;
  readonly decision:
    | { readonly outcome: 'accepted'; readonly reply: PersonalReply; readonly commit: () => void }
    | { readonly outcome: 'refused'; readonly code: RefusalCode };
}

/** What an application is by itself, as `Examined` of judge.ts. */
export type ExaminedApplication =
  | { readonly ok: true; readonly content: ApplicationContent; readonly seal: SealReply | null; readonly photoFits: boolean }
  | { readonly ok: false; readonly code: RefusalCode };

/** Opens it and looks at its picture: that takes long, and is not done while others wait to be decided. */
export async function examineApplication(item: BatchItem, key: PlatformKey): Promise<ExaminedApplication> {
  const opened = await openApplication(item, key);
  if (!opened.ok) return { ok: false, code: opened.error };
  const { content } = opened.value;
  return { ok: true, content, seal: prepareReply(content.replyKey), photoFits: photoFits(content.photo) };
}

/**
 * Judges an application for a card: nobody has signed it. What binds it is the form, which must have been printed and may be used once; the
 * challenge says that a kiosk of ours made it, and when.
 */
export function judgeApplication(
  examined: ExaminedApplication,
  { store, rules, now }: Pick<JudgeDeps, 'store' | 'rules' | 'now'>,
): ApplicationVerdict {
  const refused = (code: RefusalCode, found: Partial<ApplicationVerdict> = {}): ApplicationVerdict => ({
    content: null,
    spends: null,
    seal: null,
    ...found,
    decision: { outcome: 'refused', code },
  });
  if (!examined.ok) return refused(examined.code);
  const { content, seal } = examined;
  const row = store.challenge(content.challenge);
  const challenge = checkChallenge(row, content, now, rules);
  if (row === null || challenge !== null) return refused(challenge ?? 'challenge-unknown', { content });
  const spends = row.challenge;
  const act = timeOfAct(content.at, row.issued_at, now, rules);
  if (act === null || seal === null) return refused('content-refused', { content, spends });
  const known = { content, spends, seal };
  const form = store.form(content.form);
  if (form === null) return refused('form-unknown', known);
  if (form.used === 1) return refused('already-applied', known);
  if (!examined.photoFits) return refused('photo-refused', known);
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
