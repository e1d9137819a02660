import { err, ok, type Result } from '../../contract/result.ts';
import type { Outbox, RandomBytes, ReplyKeyPair } from '../ports.ts';
import { newReceipt } from './new-receipt.ts';
import type { CannotAccept } from './types.ts';

export interface DraftDeps {
  readonly outbox: Pick<Outbox, 'look' | 'reserve' | 'release' | 'takeChallenge' | 'giveBackChallenge'>;
  readonly createReplyKey: () => Promise<ReplyKeyPair>;
  readonly random: RandomBytes;
  readonly newId: () => string;
  /** Epoch ms. */
  readonly civilTime: () => number;
  readonly terminal: string;
}

/** What every content begins with. */
interface ContentHead {
  readonly v: 1;
  readonly id: string;
  readonly receipt: string;
  readonly terminal: string;
  /** ISO instant. */
  readonly at: string;
  readonly challenge: string;
  readonly replyKey: ReplyKeyPair['publicJwk'];
}

/** A content that is read back, and what was taken for it until it is in the outbox: room, a challenge, a reply key. */
export interface Draft {
  readonly head: ContentHead;
  readonly replyKey: ReplyKeyPair;
  /** Whether its challenge can never be used again, because the content may have been signed or sealed. */
  spent: boolean;
  /** It is in the outbox, or was asked: the room is used, and the reply key waits for the answer. */
  committed: boolean;
  /** Forgets it. Nothing of it can be opened any more. */
  drop(): void;
}

/**
 * Takes what a content needs. Room first: where nothing can be written, no challenge can be spent either, and the reason would be the wrong one.
 * @param bytes that the sealed content may take in the queue @param wanted asked once more when it is there: the session may have ended
 */
export async function openDraft(deps: DraftDeps, bytes: number, wanted: () => boolean): Promise<Result<Draft, CannotAccept>> {
  const { outbox } = deps;
  const id = deps.newId();
  if (!outbox.reserve(id, bytes).ok) return err('storage');
  const receipt = newReceipt(deps);
  const challenge = receipt === null ? null : outbox.takeChallenge();
  if (receipt === null || challenge === null) {
    outbox.release(id);
    return err(receipt === null ? 'internal' : 'challenge');
  }
  const replyKey = await deps.createReplyKey();
  const at = new Date(deps.civilTime()).toISOString();
  const draft: Draft = {
    head: { v: 1, id, receipt, terminal: deps.terminal, at, challenge, replyKey: replyKey.publicJwk },
    replyKey,
    spent: false,
    committed: false,
    drop() {
      replyKey.destroy();
      if (draft.committed) return;
      outbox.release(id);
      if (!draft.spent) outbox.giveBackChallenge(challenge);
    },
  };
  if (wanted()) return ok(draft);
  draft.drop();
  return err('internal');
}
