import { createPrivateKey, sign } from 'node:crypto';
import { v7 } from 'uuid';
import { ApplicationContent, type SealedApplication } from '../../../main/contract/application.ts';
import { type BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import { Challenge, SealedPayload, type SubmissionContent, signedText } from '../../../main/contract/submission.ts';
import { readCard } from '../../../main/core/card/jpki/read-card.ts';
import { verifyAndSign } from '../../../main/core/card/jpki/verify-and-sign.ts';
import { BatchReply, ChallengeReply } from '../../../main/core/platform-http/wire.ts';
import type { CardChannel, ReplyKeyPair } from '../../../main/core/ports.ts';
import { signedDigest } from '../../../main/core/seal/digest.ts';
import { createReplyKey } from '../../../main/core/seal/reply-key.ts';
import { createSealer } from '../../../main/core/seal/seal.ts';
import { newReceipt, setUpContent } from '../../support/set-up-content.ts';
import type { Issued } from '../pki/index.ts';
import type { VirtualCard } from '../virtual-card/card.ts';
import type { Platform } from './start.ts';

/** One act at a counter, ready to be delivered. */
export interface Act {
  readonly item: BatchItem;
  readonly payload: SealedPayload;
  readonly replyKey: ReplyKeyPair;
}

export interface ActOptions {
  /** Changes what is signed. */
  readonly content?: Partial<SubmissionContent>;
  /** Changes what was signed, after the signature. */
  readonly payload?: (payload: SealedPayload) => SealedPayload;
}

/** An application for a card, ready to be delivered: signed by nobody. */
export interface Application {
  readonly item: BatchItem;
  readonly content: ApplicationContent;
  readonly replyKey: ReplyKeyPair;
}

/** A key and certificate that sign in place of a card. */
export type Signer = Pick<Issued, 'certDer' | 'key'>;

/** A kiosk reduced to its bones: challenges, card, seal, delivery. The parts are the kiosk's real ones. */
export interface Counter {
  post(path: string, body: unknown): Promise<{ status: number; text: string }>;
  challenge(): Promise<string>;
  /** Signs with a card that has power. */
  act(card: VirtualCard, options?: ActOptions): Promise<Act>;
  /** Signs with a key at hand. */
  actWith(signer: Signer, options?: ActOptions): Promise<Act>;
  apply(content: Pick<ApplicationContent, 'form' | 'photo'> & Partial<ApplicationContent>): Promise<Application>;
  deliver(...items: BatchItem[]): Promise<ItemResult[]>;
  /** Delivers one. */
  send(item: BatchItem): Promise<ItemResult>;
  /** Asks a question. */
  ask(item: BatchItem): Promise<ItemResult>;
}

/** The card as the core sees it, without a reader between. */
export function channelTo(card: VirtualCard): CardChannel {
  return {
    session: 1,
    transmit: async (apdu) => {
      const response = await card.transmit(apdu);
      return response === 'leave' || response.length < 2
        ? { ok: false, error: { code: 'removed' } }
        : { ok: true, value: response };
    },
    close: async () => card.power('off'),
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export async function createCounter(
  platform: Pick<Platform, 'publicJwk' | 'exchange'>,
  terminal = 'K-TEST-1',
  now: () => number = Date.now,
): Promise<Counter> {
  const sealer = await createSealer(platform.publicJwk);
  if (!sealer.ok) throw new Error(sealer.error);

  const post: Counter['post'] = (path, body) =>
    platform.exchange({
      method: 'POST',
      path,
      headers: { 'x-kiosk-id': terminal, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: new AbortController().signal,
    });
  const challenge = async (): Promise<string> => {
    const { status, text } = await post('/v1/challenges', { count: 1 });
    if (status !== 200) throw new Error(`challenges: ${status}`);
    return Challenge.parse(ChallengeReply.parse(JSON.parse(text)).challenges[0]?.challenge);
  };
  const compose = async ({ publicJwk: replyKey }: ReplyKeyPair, given: Partial<SubmissionContent> = {}) =>
    setUpContent({ terminal, challenge: given.challenge ?? (await challenge()), replyKey, now: now() }, given);
  const seal = async (replyKey: ReplyKeyPair, payload: SealedPayload): Promise<Act> => {
    const { id, kind, receipt, terminal: from } = payload.content;
    return { payload, replyKey, item: { id, kind, receipt, terminal: from, sealed: await sealer.value.seal(payload) } };
  };
  const deliver = async (...items: BatchItem[]): Promise<ItemResult[]> => {
    const { status, text } = await post('/v1/batches', { items });
    if (status !== 200) throw new Error(`batches: ${status}`);
    return BatchReply.parse(JSON.parse(text)).results;
  };
  const one = (results: ItemResult[]): ItemResult => {
    const [result] = results;
    if (result === undefined || results.length !== 1) throw new Error(`${results.length} results for one item`);
    return result;
  };
  return {
    post,
    challenge,
    deliver,
    send: async (item) => one(await deliver(item)),
    ask: async (item) => {
      const { status, text } = await post('/v1/questions', item);
      if (status !== 200) throw new Error(`questions: ${status}`);
      return ItemResult.parse(JSON.parse(text));
    },
    act: async (card, options = {}) => {
      const replyKey = await createReplyKey();
      const channel = channelTo(card);
      const read = await readCard(channel, { extended: 'auto', now: now() });
      if (!read.ok) throw new Error(read.error.code);
      const content = await compose(replyKey, options.content);
      const signature = await verifyAndSign(channel, Buffer.from(card.pin, 'latin1'), signedDigest(content));
      if (!signature.ok) throw new Error(signature.error.code);
      const payload = SealedPayload.parse({
        v: 1,
        content,
        signature: base64(signature.value),
        certificate: base64(read.value.certificate),
      });
      return seal(replyKey, options.payload?.(payload) ?? payload);
    },
    apply: async (given) => {
      const replyKey = await createReplyKey();
      const payload: SealedApplication = {
        v: 1,
        content: ApplicationContent.parse({
          v: 1,
          kind: 'card-application',
          id: v7(),
          receipt: newReceipt(),
          terminal,
          at: new Date(now()).toISOString(),
          challenge: given.challenge ?? (await challenge()),
          replyKey: replyKey.publicJwk,
          read: ['scan', 'scan'],
          moved: false,
          contact: { kind: 'none' },
          certificates: { signature: true, authentication: true },
          braille: false,
          way: 'normal',
          hints: [],
          ...given,
        }),
      };
      const { content } = payload;
      const { id, kind, receipt, terminal: from } = content;
      return { content, replyKey, item: { id, kind, receipt, terminal: from, sealed: await sealer.value.seal(payload) } };
    },
    actWith: async ({ certDer, key }, options = {}) => {
      const replyKey = await createReplyKey();
      const content = await compose(replyKey, options.content);
      const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
      const signature = sign('sha256', Buffer.from(signedText(content), 'utf8'), privateKey);
      const payload: SealedPayload = { v: 1, content, signature: base64(signature), certificate: base64(certDer) };
      return seal(replyKey, options.payload?.(payload) ?? payload);
    },
  };
}
