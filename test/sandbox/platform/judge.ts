import { constants, verify } from 'node:crypto';
import type { Catalogue, PaymentService } from '../../../main/contract/catalogue.ts';
import type { BatchItem, RefusalCode } from '../../../main/contract/platform.ts';
import { err, ok, type Result, unreachable } from '../../../main/contract/result.ts';
import { type SealedPayload, type SubmissionContent, signedText } from '../../../main/contract/submission.ts';
import type { CataloguePublisher } from './catalogue-publisher.ts';
import { type Holder, readHolder } from './certificate.ts';
import { openSealed } from './open-sealed.ts';
import { prepareReply, type SealReply } from './reply.ts';
import type { PlatformKey } from './sealing-key.ts';
import type { ChallengeRow, Store } from './store.ts';
import { checkTerms, type KnownTerms, MY_KEY_ID_TERMS } from './terms.ts';
import type { Trust } from './trust.ts';

/** The rules of one platform. All times in ms. */
export interface Rules {
  readonly terms: readonly KnownTerms[];
  /** How long a challenge may be signed after it was drawn. Long: kiosks keep a stock for the time without a line. */
  readonly challengeLifetimeMs: number;
  /** How far a kiosk's clock may be off. */
  readonly clockToleranceMs: number;
  /** How long after the challenge's end a submission may still arrive. */
  readonly deliveryWindowMs: number;
}

/** What the platform found out about one item. `spends`: an act that the card did sign, so its challenge is used up. */
export interface Verdict {
  readonly content: SubmissionContent | null;
  readonly spends: string | null;
  /** `act`: when the person acted, epoch ms. */
  readonly judged: Result<
    { readonly content: SubmissionContent; readonly holder: Holder; readonly seal: SealReply; readonly act: number },
    RefusalCode
  >;
}

/**
 * What a content must have been agreed to with. @param now the newest catalogue @param chosen the one that the person chose from: it still
 * knows the conditions of a service that has gone
 */
export function termsFor(
  content: SubmissionContent,
  known: readonly KnownTerms[],
  now: Catalogue,
  chosen: Catalogue | null,
): readonly KnownTerms[] {
  const programme = known.filter(({ id }) => id !== MY_KEY_ID_TERMS);
  switch (content.kind) {
    case 'set-up':
      return known;
    case 'status':
      return [];
    case 'municipal':
      return programme;
    case 'sign-up': {
      const isIt = ({ id }: PaymentService) => id === content.service;
      const service = now.services.find(isIt) ?? chosen?.services.find(isIt);
      const own = service === undefined ? [] : [{ id: service.id, version: service.terms.version }];
      return [...(content.makeId ? known : programme), ...own];
    }
    default:
      return unreachable(content);
  }
}

/** The card's signature over exactly the content. */
export function isSignedBy(holder: Holder, { content, signature }: SealedPayload): boolean {
  const [text, bytes] = [Buffer.from(signedText(content), 'utf8'), Buffer.from(signature, 'base64')];
  const { publicKey } = holder;
  if (publicKey.asymmetricKeyType === 'ec') return verify('sha384', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
  return verify('sha256', text, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
}

/** Bound to the kiosk: another kiosk's challenge is as unknown as an invented one. */
export function checkChallenge(
  row: ChallengeRow | null,
  content: Pick<SubmissionContent, 'terminal' | 'at'>,
  now: number,
  rules: Rules,
): RefusalCode | null {
  if (row === null || row.kiosk !== content.terminal) return 'challenge-unknown';
  if (row.used_by !== null) return 'challenge-used';
  const claimed = Math.min(Date.parse(content.at), now);
  const late = claimed - rules.clockToleranceMs > row.expires_at || now > row.expires_at + rules.deliveryWindowMs;
  return late ? 'challenge-expired' : null;
}

/**
 * When the person acted: what the kiosk says, held between the drawing of the challenge and now, both by our own clock.
 * @returns null when the kiosk's clock is off by more than the rules allow
 */
export function timeOfAct(at: string, issuedAt: number, now: number, { clockToleranceMs }: Rules): number | null {
  const claimed = Date.parse(at);
  if (claimed > now + clockToleranceMs || claimed < issuedAt - clockToleranceMs) return null;
  return Math.min(Math.max(claimed, issuedAt), now);
}

function checkHolder({ serial, notBefore, notAfter }: Holder, trust: Trust, act: number, now: number): RefusalCode | null {
  // Against now: a card renewed after the challenge was drawn must not fail because the kiosk's clock is slow.
  if (notBefore > now) return 'certificate-invalid';
  if (act > notAfter) return 'certificate-expired';
  const revokedAt = trust.revoked.get(serial);
  return revokedAt !== undefined && revokedAt <= act ? 'certificate-revoked' : null;
}

/** What an item is by itself: nothing of it depends on what the platform keeps, so many are looked at side by side. */
export type Examined =
  | { readonly ok: true; readonly content: SubmissionContent; readonly holder: Holder; readonly seal: SealReply | null }
  | { readonly ok: false; readonly code: RefusalCode; readonly content: SubmissionContent | null };

/** The first half of the checks, in the order in which trust grows: opening, binding, certificate, signature. */
export async function examine(item: BatchItem, key: PlatformKey, { ca }: Pick<Trust, 'ca'>): Promise<Examined> {
  const refused = (code: RefusalCode, content: SubmissionContent | null = null): Examined => ({ ok: false, code, content });
  const opened = await openSealed(item, key);
  if (!opened.ok) return refused(opened.error);
  const { content, certificate } = opened.value;
  const holder = readHolder(Buffer.from(certificate, 'base64'), ca);
  if (holder === null) return refused('certificate-invalid', content);
  if (!isSignedBy(holder, opened.value)) return refused('signature-invalid', content);
  return { ok: true, content, holder, seal: prepareReply(content.replyKey) };
}

export interface JudgeDeps {
  readonly store: Store;
  readonly rules: Rules;
  readonly trust: Trust;
  readonly catalogues: Pick<CataloguePublisher, 'current' | 'version'>;
  /** Epoch ms of the platform. */
  readonly now: number;
}

/** The second half: challenge, then what the signed content says. Reads the store, changes nothing. */
export function judge(examined: Examined, { store, rules, trust, catalogues, now }: JudgeDeps): Verdict {
  const refused = (code: RefusalCode, spends: string | null = null): Verdict => ({
    content: examined.content,
    spends,
    judged: err(code),
  });
  if (!examined.ok) return refused(examined.code);
  const { content, holder, seal } = examined;
  const row = store.challenge(content.challenge);
  const challenge = checkChallenge(row, content, now, rules);
  if (row === null || challenge !== null) return refused(challenge ?? 'challenge-unknown');
  const act = timeOfAct(content.at, row.issued_at, now, rules);
  if (act === null) return refused('content-refused', row.challenge);
  const chosen = 'catalogue' in content ? catalogues.version(content.catalogue) : null;
  const terms = termsFor(content, rules.terms, catalogues.current(), chosen);
  const wrong = checkHolder(holder, trust, act, now) ?? checkTerms(content.terms, terms, act);
  if (wrong !== null) return refused(wrong, row.challenge);
  if (seal === null) return refused('content-refused', row.challenge);
  return { content, spends: row.challenge, judged: ok({ content, holder, seal, act }) };
}
